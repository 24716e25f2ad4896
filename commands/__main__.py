"""`python -m commands` is `followthrough`."""

from commands.command_line import main

main(prog_name="followthrough")

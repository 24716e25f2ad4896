"""What a packet is made of: each step in a child process, since what strangers wrote is opened there, and so that the memory it
takes is given back. A child gets files that are open and words as JSON, and gives one line of JSON and a PDF."""

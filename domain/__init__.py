"""The trade, pure: knows neither Flask, nor a database, nor the clock."""

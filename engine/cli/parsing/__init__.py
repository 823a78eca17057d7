"""What each command takes, by what it is for. Importing this imports none of the commands."""

"""What the program finds around it: packages, terminal, folders, history, banks. Looking changes nothing."""

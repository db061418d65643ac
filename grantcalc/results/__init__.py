"""What the commands hand to the reports: a module for each command or group of commands, since a run needs but one."""

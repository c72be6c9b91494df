return await GameDay.Web.CommandLine.GameDayCommands.RunAsync(args);

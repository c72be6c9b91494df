using GameDay.Agent;

return await AgentProgram.RunAsync(args, TimeProvider.System);

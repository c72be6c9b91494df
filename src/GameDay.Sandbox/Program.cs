using GameDay.Sandbox;

return await SandboxProcess.RunAsync(args);

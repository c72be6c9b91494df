return await GameDay.Benchmarks.BenchProgram.RunAsync(args);

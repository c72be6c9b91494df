namespace GameDay.Benchmarks.Stage;

/// <summary>What is measured could not be put in place; the message says what and where to look.</summary>
internal sealed class StageFailed(string message) : Exception(message);

using System.CommandLine;
using GameDay.Domain;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary>The commands of <c>./gameday</c> (design §7). kubectl and test are handled by the script itself.</summary>
public static class GameDayCommands
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("GameDay: break your own systems on purpose, prove that every fault is gone, learn from it.")
        {
            UpCommand.Create(), ServeCommand.Create(), RunCommand.Create(), AbortCommand.Create(), HaltCommand.CreateHalt(), HaltCommand.CreateRelease(), PreflightCommand.Create(), SweepCommand.Create(),
            IncidentCommand.Create(), ManifestsCommand.CreateManifests(), ManifestsCommand.CreateRbac(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopWithin });
        await Console.Error.WriteLineAsync($"gameday: {parsed.Errors[^1].Message} Run './gameday help' for the commands.");
        return ExitCode.Refused;
    }

    /// <summary>One place where a failure becomes one clear line and an exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try { return await command(); }
        catch (RuleBroken refused) { return await FailAsync(refused.Message, ExitCode.Refused); }
        catch (StartFailed failed) { return await FailAsync(failed.Message, ExitCode.Internal); }
        catch (IOException full) when (full.HResult == NoSpaceLeft) { return await FailAsync("the disk is full. Free some space, then run this again.", ExitCode.Internal); }
        catch (HttpRequestException lost) { return await FailAsync($"GameDay does not answer: {lost.Message}. Look into .gameday/logs/app.log.", ExitCode.Internal); }
        catch (OperationCanceledException) { return ExitCode.Interrupted; }
    }

    // After Ctrl-C faults are reverted and what was started is stopped in order; the library's own two seconds would cut that short.
    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(3);

    private const int NoSpaceLeft = 28;

    private static async Task<int> FailAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync($"gameday: {message}");
        return code;
    }
}

using System.Runtime.InteropServices;
using GameDay.Faults;
using GameDay.Faults.Reaping;
using GameDay.Kubernetes;
using GameDay.Reaper;

if (ReaperArguments.Parse(args, Environment.GetEnvironmentVariable, out var wrong) is not { } arguments)
{
    await Console.Error.WriteLineAsync(wrong);
    return 2;
}

using var stop = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
if (arguments.ExitWithParent) _ = StopWhenInputClosesAsync();

var clock = OffsetClock.FromEnvironment();
try
{
    await new ReaperProcess(arguments, new ReaperVoice(Console.Out, clock), clock).RunAsync(stop.Token);
    return 0;
}
catch (KubeConfigException unusable)
{
    await Console.Error.WriteLineAsync($"gameday-reaper: {unusable.Message}");
    return 2;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

async Task StopWhenInputClosesAsync()
{
    using var input = new StreamReader(Console.OpenStandardInput());
    await input.ReadToEndAsync();
    await stop.CancelAsync();
}

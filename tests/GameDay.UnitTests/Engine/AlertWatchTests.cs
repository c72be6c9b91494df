using GameDay.Domain.Plugins;
using GameDay.Engine.Probes;
using GameDay.Engine.Runs;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Engine;

public sealed class AlertWatchTests
{
    private readonly ProbeBoard _board = new(Guid.NewGuid(), "sandbox", [], [], TimeProvider.System);

    [Fact]
    public async Task A_question_that_the_end_of_the_journey_cuts_off_does_not_disturb_it_however_it_fails()
    {
        using var ended = new CancellationTokenSource();
        var listening = new AlertWatch([new CutOff(new HttpRequestException("connection closed")), new CutOff(new VendorRefused("bad gateway"))], TimeProvider.System).KeepListeningAsync(_board, ended.Token);
        listening.IsCompleted.ShouldBeFalse();

        await ended.CancelAsync();

        await listening.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private sealed class CutOff(Exception failure) : IAlertSource
    {
        public string Vendor => "Alerts";

        public bool IsConfigured => true;

        public async Task<IReadOnlyList<FiringAlert>> FiringAsync(CancellationToken ct)
        {
            var answer = new TaskCompletionSource<IReadOnlyList<FiringAlert>>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var cutting = ct.Register(() => answer.SetException(failure));
            return await answer.Task;
        }
    }
}

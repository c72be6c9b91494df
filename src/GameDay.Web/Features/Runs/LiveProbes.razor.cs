using GameDay.Domain.Experiments;
using GameDay.Web.Components.Charts;
using GameDay.Web.Components.Parts;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Runs;

/// <summary>The probe cards of one run. Asks for new readings once a second while it goes on, and redraws nothing but itself.</summary>
public sealed partial class LiveProbes : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<Card> _cards = [];
    private RunSamples? _samples;
    private RunState? _drawnState;
    private string? _problem;

    [Parameter, EditorRequired] public Lane Lane { get; set; } = null!;
    [Parameter, EditorRequired] public Viewer Viewer { get; set; } = Viewer.Utc;
    [Inject] private Sender Sender { get; set; } = null!;
    [Inject] private Failures Failures { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    private sealed record Card(ProbeSpec Probe, ProbeSeries Series);

    protected override async Task OnParametersSetAsync()
    {
        if (Lane.Run is { } run && _samples?.RunId != run.Id) _samples = new RunSamples(run.Id);
        if (_cards.Count > 0 && _drawnState == Lane.State && _cards[0].Probe == Lane.Plan.Probes[0]) return;
        await ReadAsync();
        Draw();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = KeepReadingAsync();
    }

    public ValueTask DisposeAsync()
    {
        _gone.Cancel();
        _gone.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task KeepReadingAsync()
    {
        using var timer = new PeriodicTimer(Every, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
                if (Lane.Run is { IsOver: false }) await InvokeAsync(RenewAsync);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone: nobody looks at the charts any more.
        }
    }

    private async Task RenewAsync()
    {
        await ReadAsync();
        Draw();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        if (_samples is null) return;
        try
        {
            _samples.Add(await Sender.Send(_samples.Next, _gone.Token));
            _problem = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problem = Failures.InWords(e);
        }
    }

    private void Draw()
    {
        var samples = _samples ?? new RunSamples(Guid.Empty);
        var now = Clock.GetUtcNow();
        _cards = [.. Lane.Plan.Probes.Select(p => new Card(p, samples.SeriesOf(p, Lane, now, Viewer)))];
        _drawnState = Lane.State;
    }
}

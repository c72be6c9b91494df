using GameDay.Web.Components.Parts;
using GameDay.Web.Features.Live;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Components.Layout;

/// <summary>The strip in the top bar: what is live, what comes next, whether Halt is in force. Renews itself.</summary>
public sealed partial class LiveNow : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _gone = new();
    private GetLiveNow.Answer? _now;
    private string? _problem;

    [Inject] private Sender Sender { get; set; } = null!;
    [Inject] private Failures Failures { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private Viewer Viewer { get; set; } = Viewer.Utc;

    private string Faults => _now!.FaultsInPlace switch { 0 => "", 1 => " · 1 fault in place", var n => $" · {n} faults in place" };

    private string More => _now!.Live.Count > 1 ? $" · and {_now.Live.Count - 1} more" : "";

    protected override Task OnInitializedAsync() => ReadAsync();

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
            while (await timer.WaitForNextTickAsync(_gone.Token)) await InvokeAsync(RenewAsync);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone: nobody looks at the strip any more.
        }
    }

    private async Task RenewAsync()
    {
        var before = _now;
        await ReadAsync();
        if (_now is null || before is null || !Same(before, _now)) StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            _now = await Sender.Send(new GetLiveNow.Query(), _gone.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _now = null;
            _problem = Failures.InWords(e);
        }
    }

    private static bool Same(GetLiveNow.Answer a, GetLiveNow.Answer b) =>
        a.FaultsInPlace == b.FaultsInPlace && a.Halt == b.Halt && a.Next == b.Next && a.Live.SequenceEqual(b.Live);
}

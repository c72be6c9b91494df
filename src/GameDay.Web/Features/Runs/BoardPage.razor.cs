using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Engine.Live;
using GameDay.Web.Components.Timeline;
using GameDay.Web.Features.Notes;
using GameDay.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GameDay.Web.Features.Runs;

/// <summary>The run board. Everything on it follows the exercise's timeline: an entry says that something changed, then the board is read again.</summary>
public sealed partial class BoardPage
{
    private const int MostEntries = 300;
    private readonly CancellationTokenSource _gone = new();
    private Board? _board;
    private IReadOnlyList<EntryRow> _entries = [];
    private IReadOnlyList<Actor> _here = [];
    private Actor? _me;
    private IDisposable? _visit, _feed;
    private string? _away;
    private bool _reading, _again;
    private string _userId = "";

    [Parameter] public Guid Id { get; set; }
    /// <summary>Set by the redirect after an abort: whose reason is asked now.</summary>
    [SupplyParameterFromQuery(Name = "why")] public string? Why { get; set; }
    [Inject] private LiveFeed Feed { get; set; } = null!;
    [Inject] private Presence Presence { get; set; } = null!;
    [Inject] private AuthenticationStateProvider Authentication { get; set; } = null!;

    private bool IsFacilitator => _me is { } me && (me.Roles & (Role.Facilitator | Role.Administrator)) != Role.None;

    protected override async Task OnInitializedAsync()
    {
        _me = (await Authentication.GetAuthenticationStateAsync()).User.ToActor();
        _userId = _me?.PersonId?.ToString("N") ?? "";
        await RefreshAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender || _me is null) return;
        Presence.Changed += OnPresenceChanged;
        _visit = Presence.Enter(Id, _me);
        _feed = Feed.Subscribe(Id, OnTimelineGrew);
        OnTimelineGrew(0); // what happened between the first reading and now
    }

    public ValueTask DisposeAsync()
    {
        Presence.Changed -= OnPresenceChanged;
        _visit?.Dispose();
        _feed?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RefreshAsync()
    {
        try
        {
            await ReadAsync();
            _away = null;
        }
        catch (Exception e) when (e is not OperationCanceledException and not ObjectDisposedException)
        {
            _away = Failures.InWords(e);
        }
    }

    private async Task ReadAsync()
    {
        _board = await Sender.Send(new ShowBoard.Query(Id), _gone.Token);
        var fresh = await Sender.Send(new ShowTimeline.Query(Id, _entries.Count > 0 ? _entries[0].Seq : 0, MostEntries), _gone.Token);
        var newest = _entries.Count > 0 ? _entries[0].Seq : 0;
        _entries = [.. fresh.Where(e => e.Seq > newest).Reverse().Concat(_entries).Take(MostEntries)];
    }

    private async Task StartAsync(Lane lane)
    {
        await TryAsync(() => Sender.Send(new StartRun.Command(Id, lane.Plan.Key)));
        await CatchUpAsync();
    }

    private void OnTimelineGrew(long seq) => _ = InvokeAsync(CatchUpAsync);

    /// <summary>Many entries in a row are one reading of the board: while one is under way, the next waits for it.</summary>
    private async Task CatchUpAsync()
    {
        _again = true;
        if (_reading || _gone.IsCancellationRequested) return;
        _reading = true;
        while (_again && !_gone.IsCancellationRequested)
        {
            _again = false;
            await RefreshAsync();
            StateHasChanged();
        }
        _reading = false;
    }

    private void OnPresenceChanged(Guid exerciseId)
    {
        if (exerciseId == Id) _ = InvokeAsync(() => { _here = Presence.In(Id); StateHasChanged(); });
    }
}

using GameDay.Engine.Live;
using GameDay.Web.Features.Live;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Calendar;

/// <summary>Home: the month, what comes next, what waits for me.</summary>
public sealed partial class CalendarPage : IDisposable
{
    private GetCalendar.Answer? _answer;
    private IReadOnlyList<GetTasks.Row> _tasks = [];
    private IReadOnlyList<GetLiveNow.Live> _live = [];
    private IDisposable? _heard;
    private int _isReading;
    private ILookup<DateOnly, GetCalendar.Event> _byDay = Array.Empty<GetCalendar.Event>().ToLookup(_ => default(DateOnly));
    private DateOnly _today;
    private DateOnly _month;

    /// <summary>Month to show, e.g. 2026-11; the present one by default.</summary>
    [SupplyParameterFromQuery] private string? Month { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private LiveFeed Feed { get; set; } = null!;

    private DateOnly First => _month.AddDays(-(((int)_month.DayOfWeek + 6) % 7));

    private IEnumerable<DateOnly[]> Weeks => Enumerable.Range(0, WeekCount).Select(w => Enumerable.Range(0, 7).Select(d => First.AddDays((7 * w) + d)).ToArray());

    private int WeekCount => (_month.AddMonths(1).DayNumber - First.DayNumber + 6) / 7;

    private string Ahead => _answer!.Ahead switch { 0 => "nothing planned", 1 => "1 exercise ahead this month", var n => $"{n} exercises ahead this month" };

    public void Dispose() => _heard?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive) _heard ??= Feed.Subscribe((_, _) => _ = InvokeAsync(RenewAsync));
        await ReadAsync();
    }

    /// <summary>Something moved: read again, but not once more while that goes on.</summary>
    private async Task RenewAsync()
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 1) return;
        await ReadAsync();
        Volatile.Write(ref _isReading, 0);
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        _today = Viewer.Day(Clock.GetUtcNow());
        var month = DateOnly.TryParseExact($"{Month}-01", "yyyy-MM-dd", out var asked) ? asked : _today;
        _month = new DateOnly(month.Year, month.Month, 1);
        _answer = await TrySend(new GetCalendar.Query(Start(First), Start(First.AddDays(7 * WeekCount))));
        _byDay = (_answer?.Events ?? []).ToLookup(e => Viewer.Day(e.At));
        if (_answer is null) return;
        _tasks = await TrySend(new GetTasks.Query()) ?? [];
        _live = (await TrySend(new GetLiveNow.Query()))?.Live ?? [];
    }

    private DateTimeOffset Start(DateOnly day) => Viewer.FromField(day.ToDateTime(TimeOnly.MinValue));

    private IEnumerable<GetCalendar.Event> EventsOn(DateOnly day) => _byDay[day];

    private string ClassOf(DateOnly day) => string.Join(' ', new[]
    {
        day.Month == _month.Month ? null : "other",
        day == _today ? "today" : null,
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "weekend" : null,
    }.OfType<string>());

    private string DayLabel(DateOnly day) => day == First || day.Day == 1 ? day.ToString("d MMM") : day.ToString("%d");

    private static string LinkTo(DateOnly month) => $"/?month={month:yyyy-MM}";
}

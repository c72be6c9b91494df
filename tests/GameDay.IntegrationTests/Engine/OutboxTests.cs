using System.Collections.Concurrent;
using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Findings;
using GameDay.Domain.Plugins;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class OutboxTests(Database database) : IClassFixture<Database>
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeNotifier _slack = new();
    private readonly FakeTracker _tracker = new();

    [Fact]
    public async Task Notices_of_a_channel_arrive_once_and_in_order_from_two_nodes()
    {
        await using var node = await StartAsync();
        await using var other = await StartAsync();
        var exercise = await node.RunningAsync();
        for (var i = 0; i < 3; i++) await ChangeAsync(node, exercise.Id, e => { e.Pause($"{i}", Plans.Author); e.Resume(Plans.Author); });
        await AllSentAsync(node, exercise.Id);
        _slack.Of(exercise.Id).Select(n => n.Kind).ShouldBe([NoticeKind.Announcement, NoticeKind.Started, NoticeKind.Paused, NoticeKind.Resumed, NoticeKind.Paused, NoticeKind.Resumed, NoticeKind.Paused, NoticeKind.Resumed]);
    }

    [Fact]
    public async Task A_notice_whose_answer_was_lost_is_looked_up_and_not_sent_twice()
    {
        _slack.LosesAnswers = 1;
        await using var node = await StartAsync();
        var exercise = await node.RunningAsync();
        await AllSentAsync(node, exercise.Id);
        _slack.Of(exercise.Id).Count(n => n.Kind == NoticeKind.Announcement).ShouldBe(1);
    }

    [Fact]
    public async Task An_abort_overtakes_and_what_lost_its_meaning_is_dropped()
    {
        _slack.Away = true;
        await using var node = await StartAsync();
        var exercise = await node.RunningAsync();
        await ChangeAsync(node, exercise.Id, e => e.Pause("lunch", Plans.Author));
        await node.Runs.AbortExerciseAsync(exercise.Id, Plans.Author, "pager", CancellationToken.None);
        _slack.Away = false;
        await AllSentAsync(node, exercise.Id);
        _slack.Of(exercise.Id).Select(n => n.Kind).ShouldBe([NoticeKind.Aborted, NoticeKind.Announcement]);
        await using var db = node.Open();
        (await db.Outbox.CountAsync(m => m.ExerciseId == exercise.Id && m.State == OutboxState.Dropped)).ShouldBe(2);
    }

    [Fact]
    public async Task A_notifier_that_refuses_for_good_fails_the_message_and_never_the_exercise()
    {
        _slack.Refuses = true;
        await using var node = await StartAsync();
        var exercise = await node.RunningAsync();
        await Eventually.Async(async () => (await MessagesAsync(node, exercise.Id)).TrueForAll(m => m.State == OutboxState.Failed), () => "failed");
        (await MessagesAsync(node, exercise.Id))[0].Problem.ShouldBe("invite the bot");
        (await node.ExerciseAsync(exercise.Id)).State.ShouldBe(ExerciseState.Running);
    }

    [Fact]
    public async Task Without_a_notifier_messages_stay_readable()
    {
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        var exercise = await node.RunningAsync();
        await Eventually.Async(async () => (await MessagesAsync(node, exercise.Id)).TrueForAll(m => m.State == OutboxState.Readable), () => "readable");
    }

    [Fact]
    public async Task A_finding_is_filed_once_though_the_answer_was_lost()
    {
        _tracker.LosesAnswers = 1;
        await using var node = await StartAsync();
        var exercise = await node.RunningAsync();
        var finding = await FileAsync(node, exercise);
        await Eventually.Async(async () => (await FindingAsync(node, finding)).Filing == FilingState.Filed, () => "filed");
        _tracker.Issues.Count.ShouldBe(1);
        var filed = await FindingAsync(node, finding);
        filed.IssueUrl.ShouldBe("https://tracker/1");
        _tracker.Issues.Single().Value.Body.ShouldContain("Drafted: Lose a cart pod");
        (await node.TimelineAsync(exercise.Id)).ShouldContain(e => e.Kind == EntryKind.Finding && e.Text.Contains("https://tracker/1"));
    }

    [Fact]
    public async Task A_tracker_that_refuses_says_why_on_the_finding()
    {
        _tracker.Refuses = true;
        await using var node = await StartAsync();
        var exercise = await node.RunningAsync();
        var finding = await FileAsync(node, exercise);
        await Eventually.Async(async () => (await FindingAsync(node, finding)).Filing == FilingState.Failed, () => "failed");
        (await FindingAsync(node, finding)).FilingProblem.ShouldBe("bad token");
    }

    private Task<EngineNode> StartAsync() => EngineNode.StartAsync(database.ConnectionString, _cluster, more: s => s.AddSingleton<INotifier>(_slack).AddSingleton<ITracker>(_tracker));

    private static async Task ChangeAsync(EngineNode node, Guid id, Action<Exercise> change)
    {
        await using var db = node.Open();
        await using var unit = await db.LockAsync(id, CancellationToken.None);
        change(unit.Exercise);
        await unit.CommitAsync(CancellationToken.None);
    }

    private static async Task<List<OutboxMessage>> MessagesAsync(EngineNode node, Guid exercise)
    {
        await using var db = node.Open();
        return await db.Outbox.AsNoTracking().Where(m => m.ExerciseId == exercise).OrderBy(m => m.Number).ToListAsync();
    }

    private static Task AllSentAsync(EngineNode node, Guid exercise) =>
        Eventually.Async(async () => (await MessagesAsync(node, exercise)).TrueForAll(m => m.State != OutboxState.Waiting), () => "all sent");

    private static async Task<Guid> FileAsync(EngineNode node, Exercise exercise)
    {
        var finding = new Finding(Guid.CreateVersion7(), exercise.Id, null, FindingKind.Weakness, "No retry", "Checkout gives up", [1], Plans.Author, TimeProvider.System.GetUtcNow());
        finding.Rank(Severity.CustomerImpact, Likelihood.PlausibleThisYear);
        finding.Queue("fake");
        await using var db = node.Open();
        db.Findings.Add(finding);
        db.Outbox.Add(new OutboxMessage(Guid.CreateVersion7(), exercise.Id, finding.Id, "fake"));
        await db.SaveChangesAsync();
        return finding.Id;
    }

    private static async Task<Finding> FindingAsync(EngineNode node, Guid id)
    {
        await using var db = node.Open();
        return await db.Findings.AsNoTracking().SingleAsync(f => f.Id == id);
    }

    /// <summary>Keeps what it was sent; may lose its answers, be away or refuse.</summary>
    private sealed class FakeNotifier : INotifier
    {
        private readonly ConcurrentQueue<Notice> _sent = [];

        public int LosesAnswers { get; set; }
        public bool Away { get; set; }
        public bool Refuses { get; set; }
        public string Vendor => "fake";
        public bool IsConfigured => true;

        public IEnumerable<Notice> Of(Guid exercise) => _sent.Where(n => n.ExerciseId == exercise);

        public Task<string?> FindAsync(Notice notice, CancellationToken ct) => Away ? throw new HttpRequestException("away") : Task.FromResult(_sent.FirstOrDefault(n => n.Key == notice.Key)?.Key);

        public Task<string> SendAsync(Notice notice, CancellationToken ct)
        {
            if (Away) throw new HttpRequestException("away");
            if (Refuses) throw new VendorRefused("invite the bot");
            _sent.Enqueue(notice);
            return LosesAnswers-- > 0 ? throw new HttpRequestException("the answer was lost") : Task.FromResult(notice.Key);
        }
    }

    private sealed class FakeTracker : ITracker
    {
        public ConcurrentDictionary<string, IssueDraft> Issues { get; } = [];
        public int LosesAnswers { get; set; }
        public bool Refuses { get; set; }
        public string Vendor => "fake";
        public bool IsConfigured => true;

        public Task<TrackerIssue?> FindAsync(string marker, CancellationToken ct) =>
            Task.FromResult(Issues.FirstOrDefault(i => i.Value.Marker == marker) is { Key: { } key } ? Issue(key) : null);

        public Task<TrackerIssue> WriteAsync(IssueDraft draft, CancellationToken ct)
        {
            if (Refuses) throw new VendorRefused("bad token");
            var key = $"{Issues.Count + 1}";
            Issues[key] = draft;
            return LosesAnswers-- > 0 ? throw new HttpRequestException("the answer was lost") : Task.FromResult(Issue(key));
        }

        public Task<TrackerIssue> ReadAsync(string key, CancellationToken ct) => Task.FromResult(Issue(key));

        private static TrackerIssue Issue(string key) => new("fake", key, new Uri($"https://tracker/{key}"), "open");
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Web.ExerciseFiles.Shapes;
using GameDay.Web.ExerciseFiles.Yaml;

namespace GameDay.Web.ExerciseFiles;

/// <summary>What one key says about another; runs also over a file whose single values are wrong, so that all problems come at once.</summary>
internal sealed class CrossCheck(List<FileProblem> problems, IReadOnlyList<FaultKind> kinds)
{
    public void Check(YamlMap top)
    {
        Window(top);
        Unique(top.Maps("experiments"), "key");
        var longest = Policy.All.FirstOrDefault(p => p.Name == (top.Text("policy") ?? Policy.Sandbox.Name));
        foreach (var experiment in top.Maps("experiments")) Experiment(experiment, longest);
    }

    private void Window(YamlMap top)
    {
        if (top["endsAt"] is not YamlScalar end || ValueCheck.Moment(end.Value) is not { } endsAt) return;
        if (top["startsAt"] is null) Add(end, "there is an end without a start", "startsAt as well");
        else if (top.Text("startsAt") is { } start && ValueCheck.Moment(start) >= endsAt) Add(end, "it ends before it starts", $"a time after {start}");
    }

    private void Experiment(YamlMap experiment, Policy? policy)
    {
        if (policy is not null && experiment["duration"] is YamlScalar duration && DurationText.TryParse(duration.Value, out var span) && span > policy.LongestFault)
            Add(duration, $"{Shown.Short(duration.Value)} is longer than policy {policy.Name} allows", $"at most {DurationText.Write(policy.LongestFault)}");
        Zone(experiment);
        Unique(experiment.Maps("probes"), "name");
        foreach (var probe in experiment.Maps("probes")) Tolerance(probe);
        foreach (var condition in experiment.Maps("abortWhen")) Names(condition, experiment);
    }

    private void Zone(YamlMap experiment)
    {
        if (experiment.Map("targets") is { } targets && targets["zone"] is null && kinds.FirstOrDefault(k => k.Id == experiment.Map("fault")?.Text("kind")) is { NeedsZone: true } kind)
            Add(targets, $"{kind.Id} needs a zone", "zone: the value of the nodes' label topology.kubernetes.io/zone");
    }

    private void Tolerance(YamlMap probe)
    {
        if (probe.Map("tolerance") is not { } tolerance || tolerance["min"] is not YamlScalar min || tolerance["max"] is not YamlScalar max) return;
        if (ValueCheck.Number(min) > ValueCheck.Number(max)) Add(min, $"min {min.Value} is above max {max.Value}", "min not above max");
    }

    private void Names(YamlMap condition, YamlMap experiment)
    {
        if (condition["probe"] is not YamlScalar { IsNothing: false } named) return;
        var names = experiment.Maps("probes").Select(p => p.Text("name")).OfType<string>().Select(Shown.Short).ToList();
        if (!names.Contains(Shown.Short(named.Value), StringComparer.Ordinal))
            problems.Add(new(named.Line, named.Column, named.Path, $"there is no probe '{Shown.Short(named.Value)}' in this experiment", names.Count == 0 ? "a probe of this experiment" : string.Join(", ", names), Nearest.To(named.Value, names)));
    }

    private void Unique(IEnumerable<YamlMap> maps, string key)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var map in maps)
            if (map[key] is YamlScalar { IsNothing: false } name && !seen.TryAdd(name.Value, name.Line))
                Add(name, $"'{Shown.Short(name.Value)}' is there twice, first on line {seen[name.Value]}", $"a {key} of its own");
    }

    private void Add(YamlNode at, string what, string allowed) => problems.Add(new(at.Line, at.Column, at.Path, what, allowed));
}

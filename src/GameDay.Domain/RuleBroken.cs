namespace GameDay.Domain;

/// <summary>A refusal written for the user: what was asked, why it is refused, what to do. Caught in one place and shown.</summary>
public class RuleBroken(string rule, string message) : Exception(message)
{
    /// <summary>Stable name of the broken rule, e.g. <c>ApproverIsNotAuthor</c>.</summary>
    public string Rule { get; } = rule;
}

/// <summary>A transition that is not in the lifecycle's table. Always a defect or a lost race, never a user's mistake.</summary>
public sealed class IllegalMove(string lifecycle, object from, object on)
    : RuleBroken("IllegalMove", $"{lifecycle} cannot take '{on}' while it is {from}. Reload the page to see its present state.")
{
    public object From { get; } = from;
    public object On { get; } = on;
}

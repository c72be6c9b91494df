namespace GameDay.Web.Manifests;

/// <summary>One piece of a parsed template.</summary>
internal abstract record Node;

internal sealed record TextNode(string Text) : Node;

internal sealed record PrintNode(Pipeline Value) : Node;

internal sealed record AssignNode(string Variable, Pipeline Value, bool Declares) : Node;

internal sealed record IfNode(Pipeline Condition, IReadOnlyList<Node> Then, IReadOnlyList<Node> Else) : Node;

internal sealed record WithNode(Pipeline Value, IReadOnlyList<Node> Body, IReadOnlyList<Node> Else) : Node;

internal sealed record RangeNode(string? Key, string? Item, Pipeline Over, IReadOnlyList<Node> Body, IReadOnlyList<Node> Else) : Node;

/// <summary>Commands joined by <c>|</c>: the result of each is the last argument of the next.</summary>
internal sealed record Pipeline(IReadOnlyList<CallNode> Commands);

/// <summary>An operand alone, or a function's name with its operands.</summary>
internal sealed record CallNode(IReadOnlyList<Operand> Words);

internal abstract record Operand;

internal sealed record LiteralOperand(object? Value) : Operand;

/// <param name="Variable">Null for the dot; <c>$</c> for the root; else <c>$name</c>.</param>
internal sealed record PathOperand(string? Variable, IReadOnlyList<string> Fields) : Operand;

internal sealed record NameOperand(string Name) : Operand;

internal sealed record NestedOperand(Pipeline Value) : Operand;

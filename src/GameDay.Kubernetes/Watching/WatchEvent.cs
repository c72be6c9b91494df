namespace GameDay.Kubernetes;

public enum WatchEventType { Added, Modified, Deleted }

/// <summary>One change. The first ones are what exists already.</summary>
public sealed record WatchEvent<T>(WatchEventType Type, T Object);

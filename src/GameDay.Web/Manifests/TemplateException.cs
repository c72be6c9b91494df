namespace GameDay.Web.Manifests;

/// <summary>A template, a value or a use of the language that is not understood; nothing is rendered half.</summary>
public sealed class TemplateException(string message) : Exception(message);

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>The checks a client meets first: names, selectors, containers.</summary>
internal static partial class Validation
{
    public static void OnCreate(ResourceType type, JsonObject item)
    {
        var wrong = Check(type, item).ToList();
        if (wrong.Count > 0)
        {
            throw ApiException.Invalid(type, item.Name(), wrong);
        }
    }

    public static void OnUpdate(ResourceType type, JsonObject old, JsonObject item)
    {
        var wrong = Check(type, item).ToList();
        if (type == ResourceTypes.Pods)
        {
            wrong.AddRange(PodUpdates.Check(old, item));
        }
        else if (type.Group == "apps" && !JsonNode.DeepEquals(old.At("spec", "selector"), item.At("spec", "selector")))
        {
            wrong.Add(InvalidField.Invalid("spec.selector", item.At("spec", "selector")?.ToJsonString() ?? "null", "field is immutable"));
        }

        if (wrong.Count > 0)
        {
            throw ApiException.Invalid(type, item.Name(), wrong);
        }
    }

    private static IEnumerable<InvalidField> Check(ResourceType type, JsonObject item)
    {
        var name = item.Name();
        if (type == ResourceTypes.Namespaces && (name.Length > 63 || !DnsLabel().IsMatch(name)))
        {
            yield return InvalidField.Invalid("metadata.name", name, "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        }
        else if (name.Length > 253 || !Subdomain().IsMatch(name))
        {
            yield return InvalidField.Invalid("metadata.name", name, "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character");
        }

        foreach (var label in item.Labels().Where(label => !LabelValue().IsMatch(label.Value)))
        {
            yield return InvalidField.Invalid("metadata.labels", label.Value, "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'");
        }

        foreach (var label in item.Labels().Where(label => !LabelKey().IsMatch(label.Key)))
        {
            yield return InvalidField.Invalid("metadata.labels", label.Key, "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
        }

        var more = type == ResourceTypes.Pods ? PodSpecs.Check(item["spec"], "spec")
            : type == ResourceTypes.Services ? Service(item)
            : type.Group == "apps" ? Workload(item)
            : type == ResourceTypes.PodDisruptionBudgets ? Budget(item)
            : [];
        foreach (var field in more)
        {
            yield return field;
        }
    }

    private static IEnumerable<InvalidField> Service(JsonObject item)
    {
        if (!item.Items("spec", "ports").Any() && item.Text("spec", "type") != "ExternalName" && item.Text("spec", "clusterIP") != "None")
        {
            yield return InvalidField.Required("spec.ports");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, port) in item.Items("spec", "ports").Index())
        {
            if (port.Text("name") is { Length: > 0 } name && !names.Add(name))
            {
                yield return InvalidField.Duplicate($"spec.ports[{index}].name", name);
            }

            foreach (var field in new[] { "port", "targetPort" }.Where(field => port.Number(field) is < 1 or > 65535))
            {
                yield return new InvalidField("FieldValueInvalid", $"spec.ports[{index}].{field}", $"Invalid value: {port.Text(field)}: must be between 1 and 65535, inclusive");
            }
        }
    }

    private static IEnumerable<InvalidField> Workload(JsonObject item)
    {
        var selector = item.At("spec", "selector") as JsonObject;
        if (selector is null || selector.Count == 0)
        {
            yield return InvalidField.Required("spec.selector");
        }
        else if (!LabelSelector.Matches(selector, item.At("spec", "template").Map("metadata", "labels")))
        {
            yield return InvalidField.Invalid(
                "spec.template.metadata.labels", item.At("spec", "template", "metadata", "labels")?.ToJsonString() ?? "{}", "`selector` does not match template `labels`");
        }

        if (item.Number("spec", "replicas") < 0)
        {
            yield return InvalidField.Invalid("spec.replicas", item.Text("spec", "replicas")!, "must be greater than or equal to 0");
        }

        if (item.Text("spec", "template", "spec", "restartPolicy") is { } policy && policy != "Always")
        {
            yield return new InvalidField("FieldValueNotSupported", "spec.template.spec.restartPolicy", $"Unsupported value: \"{policy}\": supported values: \"Always\"");
        }

        foreach (var field in PodSpecs.Check(item.At("spec", "template", "spec"), "spec.template.spec"))
        {
            yield return field;
        }
    }

    private static IEnumerable<InvalidField> Budget(JsonObject item)
    {
        if (item.At("spec", "minAvailable") is { } && item.At("spec", "maxUnavailable") is { })
        {
            yield return InvalidField.Invalid("spec", "", "minAvailable and maxUnavailable cannot be both set");
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9:]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9:]*[a-z0-9])?)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subdomain();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"^([a-z0-9.-]{1,253}/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelValue();
}

namespace GameDay.Data;

/// <summary>One data protection key: sign-ins survive a restart and are valid on every node.</summary>
public sealed class StoredKey
{
    private StoredKey() { }

    public StoredKey(string name, string xml)
    {
        Name = name;
        Xml = xml;
    }

    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public string Xml { get; private set; } = "";
}

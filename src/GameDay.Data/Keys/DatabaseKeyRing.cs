using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace GameDay.Data.Keys;

/// <summary>
/// Keeps data protection keys in PostgreSQL. What was read last answers while the database is away: sign-ins and forms stay valid,
/// Abort and Halt among them (revert protocol, rule 12).
/// </summary>
public sealed class DatabaseKeyRing(NpgsqlDataSource source) : IXmlRepository
{
    private volatile IReadOnlyCollection<XElement> _known = [];

    // The contract is synchronous; it is called once a day.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            return _known = Read();
        }
        catch (Exception away) when (_known.Count > 0 && ExerciseLock.IsConnectionLoss(away))
        {
            return _known;
        }
    }

    private List<XElement> Read()
    {
        using var command = source.CreateCommand("SELECT xml FROM keys ORDER BY id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read()) keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source.CreateCommand("INSERT INTO keys (name, xml) VALUES ($1, $2)");
        command.Parameters.AddWithValue(friendlyName);
        command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

/// <summary>A number or a name: a port (8080 or "http"), an amount (1 or "25%").</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct IntOrString(string Value, bool IsNumber)
{
    public static implicit operator IntOrString(int value) => new(value.ToString(CultureInfo.InvariantCulture), IsNumber: true);

    public static implicit operator IntOrString(string value) => new(value, IsNumber: false);

    public override string ToString() => Value;

    private sealed class Converter : JsonConverter<IntOrString>
    {
        public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
        {
            if (value.IsNumber)
                writer.WriteNumberValue(int.Parse(value.Value, CultureInfo.InvariantCulture));
            else
                writer.WriteStringValue(value.Value);
        }
    }
}

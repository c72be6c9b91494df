using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GameDay.Sandbox.Shop.Keys;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class RespReaderTests
{
    private static readonly Gen<string> Bytes = Gen.Choose(0, 255).Select(b => (char)b).ListOf().Select(chars => string.Concat(chars));

    [Fact]
    public void Requests_are_the_same_however_they_arrive() => Prop.ForAll(
        Bytes.NonEmptyListOf().NonEmptyListOf().ToArbitrary(),
        Gen.Choose(1, 40).ToArbitrary(),
        (requests, piece) =>
        {
            var wire = Encoding.Latin1.GetBytes(string.Concat(requests.Select(r => Resp.Bulks([.. r]))));
            Piecewise(wire, piece).ShouldBe(requests.Select(r => string.Join('\u0100', r)));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("PING\r\n", "PING")]
    [InlineData("set greeting \"good morning\\n\"\n", "set|greeting|good morning\n")]
    [InlineData("  GET   'a \\ b'  \r\n", "GET|a \\ b")]
    [InlineData("\r\n", "")]
    [InlineData("*0\r\n", "")]
    public void A_typed_line_is_a_request_too(string wire, string words) => Read(wire).ShouldBe(words.Length == 0 ? [] : words.Split('|'));

    [Theory]
    [InlineData("*x\r\n", "Protocol error: invalid multibulk length")]
    [InlineData("*1\r\n+PING\r\n", "Protocol error: expected '$', got '+'")]
    [InlineData("*1\r\n$-5\r\n", "Protocol error: invalid bulk length")]
    [InlineData("*1\r\n$999999999\r\n", "Protocol error: invalid bulk length")]
    [InlineData("GET \"half\r\n", "Protocol error: unbalanced quotes in request")]
    public void What_is_no_request_is_refused_in_Redis_words(string wire, string message) => Should.Throw<RespProtocolException>(() => Read(wire)).Message.ShouldBe(message);

    private static string[]? Read(string wire)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(wire));
        return RespReader.TryRead(ref buffer);
    }

    private static List<string> Piecewise(byte[] wire, int piece)
    {
        var read = new List<string>();
        var from = 0;
        for (var arrived = 0; arrived < wire.Length;)
        {
            arrived = Math.Min(wire.Length, arrived + piece);
            var buffer = new ReadOnlySequence<byte>(wire, from, arrived - from);
            while (RespReader.TryRead(ref buffer) is { } request)
            {
                read.Add(string.Join('\u0100', request));
            }

            from = arrived - (int)buffer.Length;
        }

        return read;
    }
}

using System.Collections.Immutable;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>Reads <c>set NAME { type ipv4_addr; flags timeout; elements = { ADDRESS timeout TIME, … }; }</c>.</summary>
internal sealed class NftSetText(NftTokens tokens, TimeSpan now)
{
    private readonly ImmutableList<NftElement>.Builder _elements = ImmutableList.CreateBuilder<NftElement>();
    private string _type = "";
    private bool _timed;

    public NftSet Read(int handle)
    {
        var name = tokens.Next();
        tokens.Expect("{");
        for (tokens.SkipEnds(); !tokens.Take("}"); tokens.SkipEnds())
            Property();
        return new NftSet(name, _type, _timed, handle, _elements.ToImmutable());
    }

    private void Property()
    {
        switch (tokens.Next())
        {
            case "type":
                _type = tokens.Next();
                break;
            case "flags":
                tokens.Expect("timeout");
                _timed = true;
                break;
            case "elements":
                tokens.Expect("=");
                Elements();
                break;
            default:
                throw tokens.Unexpected();
        }
    }

    private void Elements()
    {
        tokens.Expect("{");
        do
        {
            tokens.SkipEnds();
            _elements.Add(Element());
            tokens.SkipEnds();
        }
        while (tokens.Take(","));
        tokens.Expect("}");
    }

    private NftElement Element()
    {
        var value = _type == "ifname" ? tokens.Next().Trim('"') : NftError.Address(tokens.Next()).ToString();
        if (!tokens.Take("timeout"))
            return new NftElement(value, null, null);
        if (!_timed)
            throw NftError.Processing("Invalid argument", "timeout in a set without flags timeout");
        var timeout = NftTime.Parse(tokens.Next());
        return new NftElement(value, timeout, now + timeout);
    }
}

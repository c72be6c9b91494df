using GameDay.Web.Reports.Content;
using GameDay.Web.Reports.Pdf.Format;

namespace GameDay.Web.Reports.Pdf;

/// <summary>The light tokens, on paper.</summary>
internal static class PdfLook
{
    public static readonly Font Title = new(Face.Bold, 20), Heading = new(Face.Bold, 12.5), Lead = new(Face.Regular, 13), LeadBold = new(Face.Bold, 13), Big = new(Face.Bold, 18),
        Body = new(Face.Regular, 9), Strong = new(Face.Bold, 9), Meta = new(Face.Regular, 7.5), MetaBold = new(Face.Bold, 7.5), Mono = new(Face.Mono, 7.5), Tiny = new(Face.Regular, 6.5), TinyBold = new(Face.Bold, 6.5);

    public static readonly Fill Ink = new(0x171b22), Second = new(0x434b58), Quiet = new(0x5b6472), Live = new(0xbb1f1a), Attention = new(0x7d4a00), Proved = new(0x14633a),
        ProvedMark = new(0x1d8049), White = new(0xffffff), Band = new(0xe7ebf3), Fault = new(0xbb1f1a, Tint: true), AttentionMark = new(0xb86e00);

    public static readonly Stroke Line = new(0xdcdfe5, 0.6), Frame = new(0x858d9b, 0.8), Heavy = new(0x171b22, 1.8), Dash = new(0x434b58, 0.8, 3, 2), Grid = new(0xe4e7ec, 0.5), Curve = new(0x2b3342, 1.1), Out = new(0xb86e00, 1.9),
        FaultEdge = new(0xbb1f1a, 1), Edge = new(0x5b6472, 0.6, 3, 2), Abort = new(0xbb1f1a, 0.9, 1, 2.5), InkMark = new(0x171b22, 1.2), ProvedEdge = new(0x1d8049, 1.1), LiveEdge = new(0xbb1f1a, 0.8), AttentionEdge = new(0xb86e00, 0.8);

    public static (Font Font, Fill Fill) Of(Tone tone) => tone switch
    {
        Tone.Strong => (Strong, Ink),
        Tone.Quiet => (Body, Quiet),
        Tone.Mono => (Mono, Second),
        Tone.Live => (MetaBold, Live),
        Tone.Attention => (MetaBold, Attention),
        Tone.Proved => (MetaBold, Proved),
        Tone.Held or Tone.NotHeld or Tone.Inconclusive or Tone.Aborted or Tone.P0 or Tone.P1 or Tone.P2 or Tone.P3 => (MetaBold, Ink),
        Tone.Chip => (MetaBold, Second),
        _ => (Body, Ink),
    };

    /// <summary>The frame of a verdict, a chip or a priority; null when it is plain text.</summary>
    public static Stroke? FrameOf(Tone tone) => tone switch
    {
        Tone.NotHeld or Tone.P0 => Heavy,
        Tone.P1 => InkMark,
        Tone.Held or Tone.Aborted or Tone.Chip or Tone.P2 => Frame,
        Tone.P3 => Line,
        Tone.Inconclusive => Dash,
        Tone.Proved => ProvedEdge,
        Tone.Live => LiveEdge,
        Tone.Attention => AttentionEdge,
        _ => null,
    };
}

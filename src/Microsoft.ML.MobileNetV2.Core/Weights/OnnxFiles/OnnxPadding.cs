using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds the padding convention of a network: the one that explains the padding of each convolution.</summary>
internal sealed class OnnxPadding(OnnxGraph graph)
{
    private const string Automatic = "auto_pad";
    private static readonly OnnxPads OnePixel = new(1, 1, 1, 1);
    private static readonly OnnxPads AfterTheEnd = new(0, 0, 1, 1);
    private readonly List<(NodeProto Conv, bool FitsSymmetric, bool FitsSame)> _convs = [];

    /// <summary>Notes a convolution, and returns the size of its output.</summary>
    internal (long? Height, long? Width) Add(NodeProto conv, ConvLayer layer, OnnxPads before, (long? Height, long? Width) size)
    {
        OnnxPads? pads = Pads(conv, layer, size) is { } own ? own + before : null;
        Require(conv, before == default || !conv.Text(Automatic, "NOTSET").StartsWith("SAME", StringComparison.Ordinal));
        if (layer.KernelSize == 1)
        {
            Require(conv, pads == default(OnnxPads));
            return size;
        }

        bool isAutomatic = pads is null;
        bool isOnePixel = pads == OnePixel;
        bool isSame = isAutomatic || (layer.Stride == 1 ? isOnePixel : pads == SamePads(size));
        _convs.Add((conv, isOnePixel, isSame));
        return (Output(size.Height, layer.Stride), Output(size.Width, layer.Stride));
    }

    /// <summary>Returns the convention; one pixel on each side where both are the same because all sizes are odd.</summary>
    internal PaddingConvention Resolve()
    {
        if (_convs.TrueForAll(conv => conv.FitsSymmetric))
        {
            return PaddingConvention.Symmetric;
        }

        if (_convs.TrueForAll(conv => conv.FitsSame))
        {
            return PaddingConvention.Same;
        }

        // The convolution that breaks the convention of most of them is the one to name.
        bool isMostlySymmetric = _convs.Count(conv => conv.FitsSymmetric) >= _convs.Count(conv => conv.FitsSame);
        throw Unknown(_convs.First(conv => !(isMostlySymmetric ? conv.FitsSymmetric : conv.FitsSame)).Conv);
    }

    /// <summary>Returns the pixels that the convolution itself adds; null where TensorFlow's SAME adds them to an image of any size.</summary>
    private OnnxPads? Pads(NodeProto conv, ConvLayer layer, (long? Height, long? Width) size) => conv.Text(Automatic, "NOTSET") switch
    {
        "NOTSET" => conv.Integers("pads", 0, 0, 0, 0) is [var top, var left, var bottom, var right] ? new(top, left, bottom, right) : throw Unknown(conv),
        "VALID" => default(OnnxPads),
        "SAME_UPPER" or "SAME_LOWER" when layer.KernelSize == 1 => default(OnnxPads),
        "SAME_UPPER" or "SAME_LOWER" when layer.Stride == 1 => OnePixel,
        "SAME_UPPER" => size is ({ }, { }) ? SamePads(size) : null,
        "SAME_LOWER" when size.Height % 2 == 1 && size.Width % 2 == 1 => OnePixel,
        _ => throw Unknown(conv),
    };

    /// <summary>Returns what TensorFlow's SAME adds at stride 2; a size that the file leaves open is taken as even, as those of published networks are.</summary>
    private static OnnxPads SamePads((long? Height, long? Width) size) => AfterTheEnd + new OnnxPads(size.Height % 2 ?? 0, size.Width % 2 ?? 0, 0, 0);

    private static long? Output(long? size, int stride) => (size + stride - 1) / stride;

    private void Require(NodeProto conv, bool isKnown)
    {
        if (!isKnown)
        {
            throw Unknown(conv);
        }
    }

    private WeightsFormatException Unknown(NodeProto conv) => graph.Refuse(
        conv, "pads otherwise than the other layers, or than a MobileNetV2 does: neither one pixel on each side everywhere nor TensorFlow's SAME.");
}

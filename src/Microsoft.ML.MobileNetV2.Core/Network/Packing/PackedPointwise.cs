using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the weights of a convolution that is a matrix product, in the order in which <see cref="PointwiseTile"/> reads them.</summary>
/// <remarks>Panel after panel; in a panel the rows of the input channels; in a row the output channels, with zeros after the last one. Immutable.</remarks>
internal sealed unsafe class PackedPointwise
{
    /// <summary>So many rows of a panel stay in the first-level cache while they are written column by column.</summary>
    private const int StepsAtOnce = 64;

    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _bias;
    private readonly int _lanes;

    /// <summary>Packs weights.</summary>
    /// <param name="weight">Shape (output channels, depth), row by row.</param>
    /// <param name="bias">One number for each output channel.</param>
    /// <param name="rounding">In which order the sums are rounded.</param>
    /// <param name="lanes">Numbers in a register.</param>
    /// <param name="registerCount">Registers of the processor.</param>
    internal PackedPointwise(float[] weight, float[] bias, SumRounding rounding, int lanes, int registerCount)
    {
        _lanes = lanes;
        Rounding = rounding;
        OutputChannels = bias.Length;
        Depth = weight.Length / bias.Length;
        int vectorCount = (bias.Length + lanes - 1) / lanes;
        Panels = VectorPanels.Divide(vectorCount, registerCount);
        _weights = new AlignedMemory(checked(vectorCount * lanes * Depth));
        _bias = new AlignedMemory(vectorCount * lanes);
        bias.CopyTo(new Span<float>(_bias.Start, _bias.Count));
        foreach (VectorPanel panel in Panels)
        {
            Pack(weight, panel);
        }
    }

    /// <summary>Gets the channels of the input, times the pixels of the kernel.</summary>
    internal int Depth { get; }

    internal int OutputChannels { get; }

    /// <summary>Gets in which order the sums are rounded.</summary>
    internal SumRounding Rounding { get; }

    internal VectorPanel[] Panels { get; }

    /// <summary>Returns the registers of channels that a part of the panels has.</summary>
    internal (int Start, int End) VectorsOf(WorkPart part)
    {
        (int start, int end) = part.Of(Panels.Length);
        return start == end ? (0, 0) : (Panels[start].FirstVector, Panels[end - 1].FirstVector + Panels[end - 1].VectorCount);
    }

    internal float* WeightsOf(VectorPanel panel) => _weights.Start + (nint)panel.FirstVector * _lanes * Depth;

    internal float* BiasOf(VectorPanel panel) => _bias.Start + (nint)panel.FirstVector * _lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Each weight passes here once, before the compiler would think it worth it.
    private void Pack(float[] weight, VectorPanel panel)
    {
        int first = panel.FirstVector * _lanes;
        int width = panel.VectorCount * _lanes;
        int used = Math.Min(width, OutputChannels - first);
        for (int start = 0; start < Depth; start += StepsAtOnce)
        {
            int steps = Math.Min(StepsAtOnce, Depth - start);
            float* packed = WeightsOf(panel) + ((nint)start * width);
            for (int channel = 0; channel < used; channel++)
            {
                ReadOnlySpan<float> row = weight.AsSpan(((first + channel) * Depth) + start, steps);
                for (int step = 0; step < row.Length; step++)
                {
                    packed[((nint)step * width) + channel] = row[step];
                }
            }
        }
    }
}

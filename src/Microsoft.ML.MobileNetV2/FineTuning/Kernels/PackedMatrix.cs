using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the right matrix of a product in the order in which <see cref="PointwiseTile"/> reads it; it is packed anew at each step.</summary>
/// <param name="depth">The matrix's rows.</param>
/// <param name="columns">The matrix's columns, a multiple of <paramref name="lanes"/>.</param>
/// <param name="lanes">Numbers in a register.</param>
/// <param name="registerCount">Registers of the processor.</param>
internal sealed unsafe class PackedMatrix(int depth, int columns, int lanes, int registerCount)
{
    private readonly AlignedMemory _memory = new(checked(depth * columns));

    internal int Depth => depth;

    internal VectorPanel[] Panels { get; } = VectorPanels.Divide(columns / lanes, registerCount);

    internal float* ValuesOf(VectorPanel panel) => _memory.Start + (nint)panel.FirstVector * lanes * depth;
}

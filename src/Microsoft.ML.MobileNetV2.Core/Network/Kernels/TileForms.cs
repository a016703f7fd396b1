using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Provides the ways in which <see cref="PointwiseTile"/> multiplies matrices, as types that differ in their size, like <see cref="Constants"/>.</summary>
internal static class TileForms
{
    /// <summary>Represents left · right: the left matrix row by row, the right one from a packed panel.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    internal readonly struct Rows;

    /// <summary>Represents transposed left · right: a row of the result for each column of the left matrix, the right one where it lies.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 2)]
    internal readonly struct Columns;

    /// <summary>Represents left · right as <see cref="Rows"/> does, with products that are rounded before they are added.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 3)]
    internal readonly struct RoundedRows;
}

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Divides the output channels of a product into panels.</summary>
internal static class VectorPanels
{
    private const int RegistersOfWideTiles = 32;

    /// <summary>Returns panels of nearly equal width.</summary>
    /// <remarks>
    /// With 32 registers wide tiles read least from the cache, so there are as few panels as possible. With 16, tiles of 6 pixels × 2 registers and
    /// 4 × 3 fill them, and a panel of one register is the worst.
    /// </remarks>
    /// <param name="vectorCount">Registers of output channels.</param>
    /// <param name="registerCount">Registers of the processor.</param>
    internal static VectorPanel[] Divide(int vectorCount, int registerCount)
    {
        int count = registerCount >= RegistersOfWideTiles
            ? (vectorCount + PointwiseTile.MaxVectors - 1) / PointwiseTile.MaxVectors
            : Math.Max(1, vectorCount / 2);
        VectorPanel[] panels = new VectorPanel[count];
        for (int i = 0; i < count; i++)
        {
            int first = (int)((long)vectorCount * i / count);
            panels[i] = new(first, (int)((long)vectorCount * (i + 1) / count) - first);
        }

        return panels;
    }

    /// <summary>Returns the most pixels of a tile whose sums, weights and one input fit into the registers.</summary>
    internal static int MaxRows(int vectorCount, int registerCount) =>
        Math.Min(PointwiseTile.MaxRows, (registerCount - vectorCount - 1) / vectorCount);
}

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
        VectorPanel[] panels = new VectorPanel[CountOf(vectorCount, registerCount)];
        for (int i = 0; i < panels.Length; i++)
        {
            panels[i] = PanelOf(i, panels.Length, vectorCount);
        }

        return panels;
    }

    /// <summary>Returns the number of panels.</summary>
    internal static int CountOf(int vectorCount, int registerCount) => registerCount >= RegistersOfWideTiles
        ? (vectorCount + PointwiseTile.MaxVectors - 1) / PointwiseTile.MaxVectors
        : Math.Max(1, vectorCount / 2);

    /// <summary>Returns one of some panels.</summary>
    internal static VectorPanel PanelOf(int index, int count, int vectorCount)
    {
        int first = (int)((long)vectorCount * index / count);
        return new(first, (int)((long)vectorCount * (index + 1) / count) - first);
    }

    /// <summary>Returns the most pixels of a tile whose sums, weights and one input fit into the registers.</summary>
    internal static int MaxRows(int vectorCount, int registerCount) =>
        Math.Min(PointwiseTile.MaxRows, (registerCount - vectorCount - 1) / vectorCount);
}

using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Computes the layers of a network with registers of one type.</summary>
/// <param name="fused">The kernels that round once; null where these do.</param>
internal sealed unsafe class NetworkKernels<TSimd, TVector>(NetworkKernels? fused = null) : NetworkKernels
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    internal override int Lanes => TSimd.Count;

    internal override int RegisterCount => TSimd.RegisterCount;

    internal override NetworkKernels Fused => fused ?? this;

    internal override void Pointwise(in PointwiseCall call)
    {
        (int start, int end) = call.Part.Of(call.Weights.Panels.Length);
        for (int i = start; i < end; i++)
        {
            Multiply(call, call.Weights.Panels[i]);
        }
    }

    internal override void Depthwise(int stride, DepthwiseRowArguments* row)
    {
        if (stride == 1)
        {
            DepthwiseRow.Run<TSimd, TVector, Constants.One>(row);
        }
        else
        {
            DepthwiseRow.Run<TSimd, TVector, Constants.Two>(row);
        }
    }

    /// <summary>Computes the channels of a panel; the pixels are spread evenly over the tiles, so that none is much smaller than the others.</summary>
    [SkipLocalsInit]
    private static void Multiply(in PointwiseCall call, VectorPanel panel)
    {
        nint[] tiles = TilesOf(call.Weights.Rounding)[panel.VectorCount - 1];
        int maxRows = VectorPanels.MaxRows(panel.VectorCount, TSimd.RegisterCount);
        int tileCount = (call.PixelCount + maxRows - 1) / maxRows;
        int shorter = call.PixelCount / tileCount;
        int longerCount = call.PixelCount - shorter * tileCount;
        float* pooledTile = stackalloc float[PointwiseTile.MaxRows * PointwiseTile.MaxVectors * TSimd.Count];
        PointwiseTileArguments tile = CreateTile(call, panel);
        if (call.IsPooled)
        {
            tile.Output = pooledTile;
            tile.OutputStride = panel.VectorCount * TSimd.Count;
            tile.VectorStride = TSimd.Count;
        }

        for (int i = 0; i < tileCount; i++)
        {
            int rows = i < longerCount ? shorter + 1 : shorter;
            ((delegate*<PointwiseTileArguments*, void>)tiles[rows - 1])(&tile);
            if (call.IsPooled)
            {
                AddPixels(tile, rows, panel.VectorCount, call.Output + panel.FirstVector * call.VectorStride);
            }

            tile.Advance(rows * tile.InputStride, call.IsPooled ? 0 : rows * tile.OutputStride);
        }
    }

    private static nint[][] TilesOf(SumRounding rounding) => rounding.RoundsProducts
        ? PointwiseTiles<TSimd, TVector, TileForms.RoundedRows>.All
        : PointwiseTiles<TSimd, TVector, TileForms.Rows>.All;

    private static PointwiseTileArguments CreateTile(in PointwiseCall call, VectorPanel panel) => new()
    {
        Input = call.Input,
        InputStride = call.InputStride,
        Depth = call.Weights.Depth,
        PieceLength = call.Weights.Rounding.PieceLength,
        Weights = call.Weights.WeightsOf(panel),
        Bias = call.Weights.BiasOf(panel),
        Output = call.Output + panel.FirstVector * call.VectorStride,
        OutputStride = call.OutputStride,
        VectorStride = call.VectorStride,
        Addend = call.Addend is null ? null : call.Addend + panel.FirstVector * call.VectorStride,
        HasRelu6 = call.HasRelu6,
    };

    private static void AddPixels(in PointwiseTileArguments tile, int rows, int vectorCount, float* sums)
    {
        for (int vector = 0; vector < vectorCount; vector++, sums += TSimd.Count)
        {
            TVector sum = TSimd.Load(sums);
            for (int row = 0; row < rows; row++)
            {
                sum = TSimd.Add(sum, TSimd.Load(tile.Output + row * tile.OutputStride + vector * TSimd.Count));
            }

            TSimd.Store(sum, sums);
        }
    }
}

using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Computes the layers of a network with registers of one type.</summary>
internal sealed unsafe class NetworkKernels<TSimd, TVector> : NetworkKernels
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    internal override int Lanes => TSimd.Count;

    internal override int RegisterCount => TSimd.RegisterCount;

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
    private static void Multiply(in PointwiseCall call, VectorPanel panel)
    {
        nint[] tiles = PointwiseTiles<TSimd, TVector, TileForms.Rows>.All[panel.VectorCount - 1];
        int maxRows = VectorPanels.MaxRows(panel.VectorCount, TSimd.RegisterCount);
        int tileCount = (call.PixelCount + maxRows - 1) / maxRows;
        int shorter = call.PixelCount / tileCount;
        int longerCount = call.PixelCount - shorter * tileCount;
        PointwiseTileArguments tile = new()
        {
            Input = call.Input,
            InputStride = call.InputStride,
            Depth = call.Weights.Depth,
            Weights = call.Weights.WeightsOf(panel),
            Bias = call.Weights.BiasOf(panel),
            Output = call.Output + panel.FirstVector * call.VectorStride,
            OutputStride = call.OutputStride,
            VectorStride = call.VectorStride,
            Addend = call.Addend is null ? null : call.Addend + panel.FirstVector * call.VectorStride,
            HasRelu6 = call.HasRelu6,
        };
        for (int i = 0; i < tileCount; i++)
        {
            int rows = i < longerCount ? shorter + 1 : shorter;
            ((delegate*<PointwiseTileArguments*, void>)tiles[rows - 1])(&tile);
            tile.Advance(rows * tile.InputStride, rows * tile.OutputStride);
        }
    }
}

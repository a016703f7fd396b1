using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes the steps of a training with registers of one type.</summary>
internal sealed unsafe class TrainingKernels<TSimd, TVector> : TrainingKernels
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly NetworkKernels<TSimd, TVector> _inference = new();

    internal override int Lanes => TSimd.Count;

    internal override NetworkKernels Inference => _inference;

    internal override void Pack(PackedMatrix matrix, VectorPanel panel, float* source, nint stride, float* scale) =>
        MatrixPacking.Pack<TSimd, TVector>(matrix.ValuesOf(panel), panel, matrix.Depth, source, stride, scale);

    internal override void PackTransposed(PackedMatrix matrix, VectorPanel panel, float* source, int columns, nint stride, float* scale) =>
        MatrixPacking.PackTransposed(
            matrix.ValuesOf(panel), panel.FirstVector * TSimd.Count, panel.VectorCount * TSimd.Count, matrix.Depth, source, columns, stride, scale);

    internal override void Multiply(in ProductCall call, PackedMatrix right)
    {
        foreach (VectorPanel panel in right.Panels)
        {
            Multiply(call, right, panel);
        }
    }

    internal override void Multiply(in ProductCall call, PackedMatrix right, VectorPanel panel)
    {
        int column = panel.FirstVector * TSimd.Count;
        PointwiseTileArguments tile = new()
        {
            Input = call.Left,
            InputStride = call.LeftStride,
            Depth = right.Depth,
            PieceLength = right.Depth,
            Weights = right.ValuesOf(panel),
            Bias = call.Bias is null ? null : call.Bias + column,
            Output = call.Output + column,
            OutputStride = call.OutputStride,
            VectorStride = TSimd.Count,
            HasRelu6 = call.HasRelu6,
            Addend = call.IsAdded ? call.Output + column : null,
        };
        RunTiles<TileForms.Rows>(tile, panel.VectorCount, call.Rows, call.LeftStride);
    }

    internal override void MultiplyTransposed(in TransposedCall call)
    {
        int vectors = call.RightColumns / TSimd.Count;
        int panelCount = VectorPanels.CountOf(vectors, TSimd.RegisterCount);
        for (int i = 0; i < panelCount; i++)
        {
            VectorPanel panel = VectorPanels.PanelOf(i, panelCount, vectors);
            int column = panel.FirstVector * TSimd.Count;
            PointwiseTileArguments tile = new()
            {
                Input = call.Left,
                InputStride = call.LeftStride,
                Depth = call.Pixels,
                PieceLength = call.Pixels,
                Weights = call.Right + column,
                WeightsStride = call.RightStride,
                Output = call.Output + column,
                OutputStride = call.OutputStride,
                VectorStride = TSimd.Count,
                Addend = call.Output + column,
            };
            RunTiles<TileForms.Columns>(tile, panel.VectorCount, call.LeftColumns, rowStep: 1);
        }
    }

    internal override void Activate(PixelRun values, float* scale, float* shift, float* output, nint outputStride) =>
        ChannelPasses.Activate<TSimd, TVector>(values, scale, shift, output, outputStride);

    internal override void Normalize(PixelRun values, float* scale, float* shift, float* shortcut, float* output) =>
        ChannelPasses.Normalize<TSimd, TVector>(values, scale, shift, shortcut, output);

    internal override void CombineGradient(float* gradient, PixelRun values, float* a, float* b, float* c, float* output, nint outputStride) =>
        ChannelPasses.CombineGradient<TSimd, TVector>(gradient, values, a, b, c, output, outputStride);

    internal override void AddSums(float* gradient, nint gradientStride, PixelRun values, float* sums, float* productSums) =>
        ChannelPasses.AddSums<TSimd, TVector>(gradient, gradientStride, values, sums, productSums);

    internal override void MaskAndSum(in MaskCall call) => ChannelPasses.MaskAndSum<TSimd, TVector>(call);

    internal override void Add(float* addends, float* sums, nint count) => ChannelPasses.Add<TSimd, TVector>(addends, sums, count);

    internal override void AddProducts(PixelRun left, float* right, double* sums) => ChannelPasses.AddProducts<TSimd, TVector>(left, right, sums);

    internal override void AddPixels(PixelRun values, float* sums) => ChannelPasses.AddPixels<TSimd, TVector>(values, sums);

    internal override void MaskMeanGradient(PixelRun activations, float* gradient, float factor, float* sums) =>
        ChannelPasses.MaskMeanGradient<TSimd, TVector>(activations, gradient, factor, sums);

    internal override void Depthwise(int stride, in DepthwiseForwardRow row)
    {
        if (stride == 1)
        {
            DepthwiseForward.Run<TSimd, TVector, Constants.One>(row);
        }
        else
        {
            DepthwiseForward.Run<TSimd, TVector, Constants.Two>(row);
        }
    }

    internal override void DepthwiseGradient(int stride, in DepthwiseBackwardRow row)
    {
        if (stride == 1)
        {
            DepthwiseBackward.RunStrideOne<TSimd, TVector>(row);
        }
        else if (row.Row1 is null)
        {
            DepthwiseBackward.RunStrideTwo<TSimd, TVector>(row, row.Row0, 0, row.Row2, 6);
        }
        else
        {
            DepthwiseBackward.RunStrideTwo<TSimd, TVector>(row, row.Row1, 3, null, 0);
        }
    }

    /// <summary>Computes some rows of the result; they are spread evenly over the tiles, so that none is much smaller than the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunTiles<TForm>(PointwiseTileArguments tile, int vectorCount, int rows, nint rowStep)
        where TForm : unmanaged
    {
        nint[] tiles = PointwiseTiles<TSimd, TVector, TForm>.All[vectorCount - 1];
        int maxRows = VectorPanels.MaxRows(vectorCount, TSimd.RegisterCount);
        int tileCount = (rows + maxRows - 1) / maxRows;
        int shorter = rows / tileCount;
        int longerCount = rows - shorter * tileCount;
        for (int i = 0; i < tileCount; i++)
        {
            int count = i < longerCount ? shorter + 1 : shorter;
            ((delegate*<PointwiseTileArguments*, void>)tiles[count - 1])(&tile);
            tile.Advance(count * rowStep, count * tile.OutputStride);
        }
    }
}

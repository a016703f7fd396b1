namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Puts batch norm back where it is folded into the convolutions, from statistics that are measured on images, so that it can be trained.</summary>
/// <remarks>With γ = √(σ² + ε) and β = bias + μ, the batch norm of the measured mean μ and variance σ² changes nothing at first.</remarks>
/// <param name="network">The network.</param>
internal sealed unsafe class BatchNormRecovery(TrainableNetwork network)
{
    /// <summary>Images that give statistics: more change them little.</summary>
    private const int MostImages = 1024;

    private readonly TrainingState _state = network.State;
    private readonly Dictionary<BatchNorm, Statistics> _statistics = network.State.BatchNorms.Where(norm => norm.IsFolded).ToDictionary(norm => norm, norm => new Statistics(norm.Padded));

    /// <summary>Measures and puts back all batch norms that are folded.</summary>
    /// <param name="inputs">What the network takes.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    internal void Run(NetworkInputs inputs, CancellationToken cancellationToken)
    {
        if (_statistics.Count == 0)
        {
            return;
        }

        int count = Math.Min(MostImages, inputs.RowCount);
        int batchSize = _state.Shape.BatchSize;
        new FeatureRun(network, inputs).ForEach(
            count,
            (row, _) =>
            {
                // Behind the last row of a batch its maps are in memory.
                if (row % batchSize == batchSize - 1 || row == count - 1)
                {
                    MeasureBatch();
                }
            },
            cancellationToken);
        foreach ((BatchNorm norm, Statistics statistics) in _statistics)
        {
            PutBack(norm, statistics);
        }
    }

    private void MeasureBatch()
    {
        foreach (BlockState block in _state.Blocks)
        {
            int pixels = _state.ImageCount * block.OutputPixels;
            MeasureExpand(block.Expand, block);
            Measure(block.DepthwiseNorm, new(block.DepthwiseOutput, block.DepthwiseNorm.Padded, block.DepthwiseNorm.Padded, pixels));
            Measure(block.ProjectNorm, new(block.ProjectOutput, block.ProjectPadded, block.ProjectPadded, pixels));
        }

        MeasureExpand(_state.Last.Expand, block: null);
    }

    /// <summary>Computes a widened map again, which is not in memory; the scale of a folded batch norm is 1, so its weights are packed as they are.</summary>
    private void MeasureExpand(ExpandState expand, BlockState? block)
    {
        if (!expand.Norm.IsFolded)
        {
            return;
        }

        Workspace workspace = _state.Workspaces[0];
        int stride = block?.Stride ?? _state.Last.Stride;
        for (int image = 0; image < _state.ImageCount; image++)
        {
            int rows = block is null ? 1 : BackwardTiles.RowsOf(block.Plan, block.Stride);
            for (int row = 0; row < (block?.Plan.Size ?? 1); row += rows)
            {
                PixelRun source = block is null
                    ? new(_state.Last.Input + (nint)image * expand.Pixels * expand.PaddedInputs, expand.PaddedInputs, expand.PaddedInputs, expand.Pixels)
                    : BlockSource.RowsOf(_state, block, workspace, image, row, Math.Min(rows, block.Plan.Size - row));
                _state.Kernels.Multiply(
                    new()
                    {
                        Left = source.Pointer,
                        LeftStride = source.Stride,
                        Rows = source.Count,
                        Output = workspace.Activations,
                        OutputStride = stride,
                    },
                    expand.Forward);
                Measure(expand.Norm, new(workspace.Activations, stride, expand.PaddedOutputs, source.Count));
            }
        }
    }

    private void Measure(BatchNorm norm, PixelRun values)
    {
        const int TilePixels = 512;
        if (!_statistics.TryGetValue(norm, out Statistics? statistics))
        {
            return;
        }

        Workspace workspace = _state.Workspaces[0];
        for (int pixel = 0; pixel < values.Count; pixel += TilePixels)
        {
            float* start = values.Pointer + pixel * values.Stride;
            PixelRun tile = values with { Start = (nint)start, Count = Math.Min(TilePixels, values.Count - pixel) };
            _state.Kernels.AddSums(start, values.Stride, tile, workspace.Sums, workspace.ProductSums);
            workspace.EndSums(norm.Padded, isKept: true);
        }

        for (int channel = 0; channel < norm.Padded; channel++)
        {
            (double sum, double squares) = workspace.TakeSums(channel);
            statistics.Sums[channel] += sum;
            statistics.Squares[channel] += squares;
        }

        statistics.Count += values.Count;
    }

    private void PutBack(BatchNorm norm, Statistics statistics)
    {
        for (int channel = 0; channel < norm.Channels; channel++)
        {
            double mean = statistics.Sums[channel] / statistics.Count;
            double variance = Math.Max(0, statistics.Squares[channel] / statistics.Count - mean * mean);
            norm.RunningMean[channel] = (float)mean;
            norm.RunningVariance[channel] = (float)variance;
            _state.Parameters[norm.ScaleStart + channel] = (float)Math.Sqrt(variance + _state.Shape.Epsilon);
            _state.Parameters[norm.ShiftStart + channel] += (float)mean;
        }

        norm.IsFolded = false;
    }

    private sealed class Statistics(int channels)
    {
        internal double[] Sums { get; } = new double[channels];

        internal double[] Squares { get; } = new double[channels];

        internal long Count { get; set; }
    }
}

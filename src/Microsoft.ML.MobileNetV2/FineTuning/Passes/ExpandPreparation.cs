using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Prepares a convolution that widens: the statistics of its output, and its weights, which are packed with the batch norm folded in.</summary>
internal sealed unsafe class ExpandPreparation(TrainingState state) : IParallelBody
{
    private readonly CovarianceSum _covariance = new(state);
    private ExpandState _expand = null!;
    private BlockState? _block;
    private bool _isNormKnown;

    /// <summary>Prepares a convolution.</summary>
    /// <param name="expand">The convolution.</param>
    /// <param name="block">The block that it belongs to, whose projection is packed too; null for the last convolution.</param>
    internal void Run(ExpandState expand, BlockState? block)
    {
        _expand = expand;
        _block = block;
        if (state.UsesBatchStatistics)
        {
            _covariance.Run(expand);
        }
        else
        {
            expand.Norm.SetToRunning(state.ParametersStart);
        }

        _isNormKnown = false;
        state.Team.Run(expand.Forward.Panels.Length, this);
        _isNormKnown = true;
        state.Team.Run(
            expand.Backward.Panels.Length + (block is null ? 0 : block.ProjectForward.Panels.Length + block.ProjectBackward.Panels.Length), this);
    }

    void IParallelBody.RunPart(int part)
    {
        if (!_isNormKnown)
        {
            PrepareForward(_expand.Forward.Panels[part]);
            return;
        }

        VectorPanel[] backward = _expand.Backward.Panels;
        if (part < backward.Length)
        {
            state.Kernels.PackTransposed(
                _expand.Backward, backward[part], Parameters(_expand.WeightStart), _expand.Inputs, _expand.PaddedOutputs, _expand.Norm.Scale);
        }
        else
        {
            PackProjection(part - backward.Length);
        }
    }

    private float* Parameters(int start) => state.ParametersStart + start;

    private void PackProjection(int part)
    {
        BlockState block = _block!;
        VectorPanel[] forward = block.ProjectForward.Panels;
        if (part < forward.Length)
        {
            state.Kernels.Pack(block.ProjectForward, forward[part], Parameters(block.ProjectStart), block.ProjectPadded, scale: null);
        }
        else
        {
            state.Kernels.PackTransposed(
                block.ProjectBackward, block.ProjectBackward.Panels[part - forward.Length], Parameters(block.ProjectStart), _expand.Outputs, block.ProjectPadded, scale: null);
        }
    }

    private void PrepareForward(VectorPanel panel)
    {
        if (state.UsesBatchStatistics)
        {
            state.Kernels.Pack(_expand.Forward, panel, Parameters(_expand.WeightStart), _expand.PaddedOutputs, scale: null);
            ComputeStatistics(panel);
        }

        state.Kernels.Pack(_expand.Forward, panel, Parameters(_expand.WeightStart), _expand.PaddedOutputs, _expand.Norm.Scale);
    }

    /// <summary>Computes mean and variance of the output's channels from those of the input.</summary>
    private void ComputeStatistics(VectorPanel panel)
    {
        int lanes = state.Kernels.Lanes;
        state.Kernels.Multiply(
            new()
            {
                Left = _expand.Covariance,
                LeftStride = _expand.PaddedInputs,
                Rows = _expand.Inputs,
                Output = _expand.CovarianceProduct,
                OutputStride = _expand.PaddedOutputs,
            },
            _expand.Forward,
            panel);
        state.Kernels.Multiply(
            new()
            {
                Left = _expand.StoredMean,
                LeftStride = _expand.PaddedInputs,
                Rows = 2,
                Output = _expand.OutputMeans,
                OutputStride = _expand.PaddedOutputs,
            },
            _expand.Forward,
            panel);
        SetStatistics(panel.FirstVector * lanes, panel.VectorCount * lanes);
    }

    private void SetStatistics(int first, int channelCount)
    {
        double* variances = stackalloc double[channelCount];
        new Span<double>(variances, channelCount).Clear();
        PixelRun weights = new(Parameters(_expand.WeightStart) + first, _expand.PaddedOutputs, channelCount, _expand.Inputs);
        state.Kernels.AddProducts(weights, _expand.CovarianceProduct + first, variances);
        long count = (long)state.ImageCount * _expand.Pixels;
        for (int i = 0; i < channelCount; i++)
        {
            int channel = first + i;
            double variance = Math.Max(0, variances[i]);
            _expand.Norm.Track(channel, _expand.OutputMeans[_expand.PaddedOutputs + channel], variance, count);
            _expand.Norm.Set(channel, state.ParametersStart, _expand.OutputMeans[channel], variance, leavesShiftOut: false);
        }
    }
}

using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Prepares a convolution that widens: the statistics of its output, and its weights, which are packed with the batch norm folded in.</summary>
internal sealed unsafe class ExpandPreparation(TrainingState state) : IParallelBody
{
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
            ComputeCovariance();
        }
        else
        {
            expand.Norm.SetToRunning(state.ParametersStart);
        }

        _isNormKnown = false;
        ParallelLoop.Run(expand.Forward.Panels.Length, this);
        _isNormKnown = true;
        ParallelLoop.Run(
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
                Bias = state.Zeros,
                Output = _expand.CovarianceProduct,
                OutputStride = _expand.PaddedOutputs,
            },
            _expand.Forward,
            panel);
        long count = (long)state.ImageCount * _expand.Pixels;
        for (int channel = panel.FirstVector * lanes; channel < (panel.FirstVector + panel.VectorCount) * lanes; channel++)
        {
            ComputeStatistics(channel, count);
        }
    }

    private void ComputeStatistics(int channel, long count)
    {
        double variance = 0, storedMean = 0, mean = 0;
        float* weights = Parameters(_expand.WeightStart) + channel;
        float* products = _expand.CovarianceProduct + channel;
        for (int i = 0; i < _expand.Inputs; i++, weights += _expand.PaddedOutputs, products += _expand.PaddedOutputs)
        {
            variance += (double)*weights * *products;
            storedMean += (double)*weights * _expand.StoredMean[i];
            mean += (double)*weights * _expand.InputMean[i];
        }

        variance = Math.Max(0, variance);
        _expand.Norm.Track(channel, mean, variance, count);
        _expand.Norm.Set(channel, state.ParametersStart, storedMean, variance, leavesShiftOut: false);
    }

    /// <summary>Adds the products of channels over all parts, and takes those of the means off.</summary>
    private void ComputeCovariance()
    {
        double count = (double)state.ImageCount * _expand.Pixels;
        int padded = _expand.PaddedInputs;
        for (int i = 0; i < _expand.Inputs; i++)
        {
            for (int j = 0; j < padded; j++)
            {
                double sum = 0;
                foreach (Workspace workspace in state.Workspaces)
                {
                    sum += workspace.TakeGram(i * padded + j);
                }

                _expand.Covariance[i * padded + j] = j < _expand.Inputs ? (float)(sum / count - (double)_expand.StoredMean[i] * _expand.StoredMean[j]) : 0;
            }
        }
    }
}

using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Finishes the gradient of a convolution that widens and of its batch norm.</summary>
/// <remarks>
/// With P = x'·g, g the gradient behind the batch norm, and x centered: dγ = inv · Σ W∘P, dβ = Σ g, dW = s∘(P − inv·dγ∘(Cov·W)), and the gradient of
/// the input is g·(sW)' − x·M − c with M = W·diag(s·inv·dγ/n)·W' and c = (s·Σg/n)·W'. Per input channel it costs as much as the input is wide, not as
/// the widened map is.
/// </remarks>
internal sealed unsafe class ExpandGradient(TrainingState state) : IParallelBody
{
    private ExpandState _expand = null!;
    private bool _isCorrection;

    /// <summary>Gets the rows of M that are computed together.</summary>
    private const int RowsPerPart = 24;

    internal void Run(ExpandState expand, bool needsInputGradient)
    {
        _expand = expand;
        _isCorrection = false;
        SetSums();
        ParallelLoop.Run(expand.Forward.Panels.Length, this);
        if (!needsInputGradient || !state.UsesBatchStatistics)
        {
            return;
        }

        _isCorrection = true;
        ParallelLoop.Run((expand.Inputs + RowsPerPart - 1) / RowsPerPart, this);
        foreach (VectorPanel panel in expand.Correction.Panels)
        {
            state.Kernels.Pack(expand.Correction, panel, expand.CorrectionMatrix, expand.PaddedInputs, scale: null);
        }
    }

    void IParallelBody.RunPart(int part)
    {
        if (_isCorrection)
        {
            int first = part * RowsPerPart;
            ComputeCorrection(first, Math.Min(RowsPerPart, _expand.Inputs - first));
        }
        else
        {
            VectorPanel panel = _expand.Forward.Panels[part];
            int lanes = state.Kernels.Lanes;
            int first = panel.FirstVector * lanes;
            int end = first + panel.VectorCount * lanes;
            AddParts(first, end);
            ComputeGradients(first, end);
        }
    }

    private void SetSums()
    {
        long count = state.UsesBatchStatistics ? (long)state.ImageCount * _expand.Pixels : 0;
        for (int channel = 0; channel < _expand.PaddedOutputs; channel++)
        {
            (double sum, _) = state.TakeSums(channel);
            state.Gradients[_expand.Norm.ShiftStart + channel] = (float)sum;
            _expand.Norm.MeanGradient[channel] = count == 0 ? 0 : (float)(sum / count);
        }
    }

    /// <summary>Adds the other parts' P to the first one's, and clears theirs.</summary>
    private void AddParts(int first, int end)
    {
        for (int part = 1; part < state.Workspaces.Length; part++)
        {
            for (int i = 0; i < _expand.Inputs; i++)
            {
                nint start = _expand.WeightStart + (nint)i * _expand.PaddedOutputs + first;
                float* addends = state.Workspaces[part].Gradients + start;
                state.Kernels.Add(addends, state.GradientsStart + start, end - first);
                new Span<float>(addends, end - first).Clear();
            }
        }
    }

    private void ComputeGradients(int first, int end)
    {
        BatchNorm norm = _expand.Norm;
        float* sums = state.GradientsStart + norm.ShiftStart;
        double* scaleGradients = stackalloc double[end - first];
        new Span<double>(scaleGradients, end - first).Clear();
        for (int i = 0; i < _expand.Inputs; i++)
        {
            float* products = RowOf(state.GradientsStart + _expand.WeightStart, i);
            float* weights = RowOf(state.ParametersStart + _expand.WeightStart, i);
            float mean = state.UsesBatchStatistics ? _expand.StoredMean[i] : 0;
            for (int channel = first; channel < end; channel++)
            {
                products[channel] -= mean * sums[channel];
                scaleGradients[channel - first] += (double)weights[channel] * products[channel];
            }
        }

        for (int channel = first; channel < end; channel++)
        {
            double offset = state.UsesBatchStatistics ? 0 : (double)norm.RunningMean[channel] * sums[channel];
            double scaleGradient = norm.Inverse[channel] * (scaleGradients[channel - first] - offset);
            state.Gradients[norm.ScaleStart + channel] = norm.IsFolded ? 0 : (float)scaleGradient;
            norm.ValueScale[channel] = state.UsesBatchStatistics ? (float)(norm.Inverse[channel] * scaleGradient) : 0;
        }

        for (int i = 0; i < _expand.Inputs; i++)
        {
            FinishRow(i, first, end);
        }
    }

    private void FinishRow(int input, int first, int end)
    {
        BatchNorm norm = _expand.Norm;
        float* gradients = RowOf(state.GradientsStart + _expand.WeightStart, input);
        float* weights = RowOf(state.ParametersStart + _expand.WeightStart, input);
        float* covariances = RowOf(_expand.CovarianceProduct, input);
        float* scaled = RowOf(_expand.ScaledWeights, input);
        if (!state.UsesBatchStatistics)
        {
            for (int channel = first; channel < end; channel++)
            {
                gradients[channel] *= norm.Scale[channel];
            }

            return;
        }

        float inverseCount = 1f / ((long)state.ImageCount * _expand.Pixels);
        for (int channel = first; channel < end; channel++)
        {
            gradients[channel] = norm.Scale[channel] * (gradients[channel] - norm.ValueScale[channel] * covariances[channel]);
            scaled[channel] = weights[channel] * norm.ValueScale[channel] * inverseCount;
        }
    }

    private float* RowOf(float* matrix, int input) => matrix + (nint)input * _expand.PaddedOutputs;

    /// <summary>Computes rows of −M and −c.</summary>
    private void ComputeCorrection(int first, int count)
    {
        int padded = _expand.PaddedInputs;
        float* rows = _expand.CorrectionMatrix + (nint)first * padded;
        state.Kernels.Multiply(
            new()
            {
                Left = RowOf(_expand.ScaledWeights, first),
                LeftStride = _expand.PaddedOutputs,
                Rows = count,
                Bias = state.Zeros,
                Output = rows,
                OutputStride = padded,
            },
            _expand.Backward);
        for (int i = 0; i < count * padded; i++)
        {
            rows[i] = -rows[i];
        }

        BatchNorm norm = _expand.Norm;
        for (int input = first; input < first + count; input++)
        {
            float* weights = RowOf(state.ParametersStart + _expand.WeightStart, input);
            double sum = 0;
            for (int channel = 0; channel < _expand.Outputs; channel++)
            {
                sum += (double)norm.Scale[channel] * norm.MeanGradient[channel] * weights[channel];
            }

            _expand.CorrectionBias[input] = (float)-sum;
        }
    }
}

using System.Numerics.Tensors;
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
        state.Team.Run(expand.Forward.Panels.Length, this);
        if (!needsInputGradient || !state.UsesBatchStatistics)
        {
            return;
        }

        ComputeCorrectionBias();
        _isCorrection = true;
        state.Team.Run((expand.Inputs + RowsPerPart - 1) / RowsPerPart, this);
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
        PixelRun products = RowsOf(state.GradientsStart + _expand.WeightStart, first, end);
        PixelRun weights = RowsOf(state.ParametersStart + _expand.WeightStart, first, end);
        if (state.UsesBatchStatistics && _expand.IsStem)
        {
            Center(products, sums + first);
        }

        double* scaleGradients = stackalloc double[end - first];
        new Span<double>(scaleGradients, end - first).Clear();
        state.Kernels.AddProducts(weights, products.Pointer, scaleGradients);
        float inverseCount = 1f / ((long)state.ImageCount * _expand.Pixels);
        for (int channel = first; channel < end; channel++)
        {
            double offset = state.UsesBatchStatistics ? 0 : (double)norm.RunningMean[channel] * sums[channel];
            double scaleGradient = norm.Inverse[channel] * (scaleGradients[channel - first] - offset);
            state.Gradients[norm.ScaleStart + channel] = norm.IsFolded ? 0 : (float)scaleGradient;
            float taken = state.UsesBatchStatistics ? (float)(norm.Inverse[channel] * scaleGradient) : 0;
            norm.ValueScale[channel] = -norm.Scale[channel] * taken;
            _expand.CorrectionScale[channel] = -taken * inverseCount;
        }

        state.Kernels.CombineGradient(
            products.Pointer,
            RowsOf(_expand.CovarianceProduct, first, end),
            norm.Scale + first,
            norm.ValueScale + first,
            state.Zeros,
            products.Pointer,
            products.Stride);
        if (state.UsesBatchStatistics)
        {
            state.Kernels.Normalize(
                weights, _expand.CorrectionScale + first, state.Zeros, shortcut: null, RowsOf(_expand.ScaledWeights, first, end).Pointer);
        }
    }

    /// <summary>Takes the means of the input off: only the stem's input is stored with them.</summary>
    private void Center(PixelRun products, float* sums)
    {
        float* row = products.Pointer;
        for (int i = 0; i < _expand.Inputs; i++, row += products.Stride)
        {
            for (int channel = 0; channel < products.Channels; channel++)
            {
                row[channel] -= _expand.StoredMean[i] * sums[channel];
            }
        }
    }

    private PixelRun RowsOf(float* matrix, int first, int end) => new(matrix + first, _expand.PaddedOutputs, end - first, _expand.Inputs);

    /// <summary>Computes rows of −M.</summary>
    private void ComputeCorrection(int first, int count) => Multiply(
        _expand.ScaledWeights + (nint)first * _expand.PaddedOutputs, count, _expand.CorrectionMatrix + (nint)first * _expand.PaddedInputs);

    /// <summary>Computes −c.</summary>
    private void ComputeCorrectionBias()
    {
        Multiply(_expand.Norm.MeanGradient, 1, _expand.CorrectionBias);
        Span<float> bias = new(_expand.CorrectionBias, _expand.PaddedInputs);
        TensorPrimitives.Negate(bias, bias);
    }

    /// <summary>Computes rows times the transposed weights with their batch norm.</summary>
    private void Multiply(float* rows, int count, float* output) => state.Kernels.Multiply(
        new()
        {
            Left = rows,
            LeftStride = _expand.PaddedOutputs,
            Rows = count,
            Output = output,
            OutputStride = _expand.PaddedInputs,
        },
        _expand.Backward);
}

using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Passes batches forward through the layers of a head, and gradients backward.</summary>
internal sealed class HeadNetwork
{
    private readonly LayerBuffers[] _buffers;

    internal HeadNetwork(HeadShape shape, float[] parameters, int maxRows)
    {
        Shape = shape;
        Parameters = parameters;
        Gradients = new float[shape.ParameterCount];
        MaxRows = maxRows;
        _buffers = [.. shape.Layers.Select(layer => new LayerBuffers(layer, maxRows))];
    }

    internal HeadShape Shape { get; }

    internal float[] Parameters { get; }

    internal float[] Gradients { get; }

    internal int MaxRows { get; }

    /// <summary>Gets where the features of a batch are put; dropout changes them in place.</summary>
    internal float[] Inputs => _buffers[0].Inputs;

    internal ReadOnlySpan<float> LogitsOf(int row) => RowOf(_buffers[^1].Logits, row);

    internal ReadOnlySpan<float> OutputsOf(int row) => RowOf(_buffers[^1].Outputs, row);

    /// <summary>Gets where the loss puts its gradient with respect to the logits of a row.</summary>
    internal Span<float> LogitsGradientOf(int row) => RowOf(_buffers[^1].Gradient, row);

    internal void Forward(int rows)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            Forward(i, rows);
        }
    }

    /// <summary>Passes forward with some inputs left out at random.</summary>
    internal void ForwardWithDropout(int rows, ref FastRandom random)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i].DropInputs(rows, ref random);
            Forward(i, rows);
        }
    }

    internal void Backward(int rows)
    {
        for (int i = _buffers.Length - 1; i >= 0; i--)
        {
            LayerShape layer = Shape.Layers[i];
            LayerBuffers buffers = _buffers[i];
            ReadOnlySpan<float> gradient = buffers.Gradient.AsSpan(0, rows * layer.Units);
            DenseMath.BackwardWeights(
                gradient, buffers.Inputs.AsSpan(0, rows * layer.Inputs), layer.WeightsOf(Gradients), layer.BiasOf(Gradients), rows);
            if (i > 0)
            {
                BackwardInputs(i, gradient, rows);
            }
        }
    }

    /// <summary>Computes the gradient of the features, after <see cref="Backward"/>.</summary>
    internal void BackwardFeatures(int rows, Span<float> gradient)
    {
        LayerShape layer = Shape.Layers[0];
        LayerBuffers buffers = _buffers[0];
        DenseMath.BackwardInputs(buffers.Gradient.AsSpan(0, rows * layer.Units), layer.WeightsOf(Parameters), gradient, rows, layer.Units);
        buffers.DropGradient(gradient);
    }

    private void Forward(int index, int rows)
    {
        LayerShape layer = Shape.Layers[index];
        LayerBuffers buffers = _buffers[index];
        Span<float> logits = buffers.Logits.AsSpan(0, rows * layer.Units);
        DenseMath.Forward(
            buffers.Inputs.AsSpan(0, rows * layer.Inputs), layer.WeightsOf(Parameters), layer.BiasOf(Parameters), logits, rows);
        buffers.Activation.Apply(logits, buffers.Outputs, layer.Units);
        if (index + 1 < _buffers.Length)
        {
            buffers.Outputs.AsSpan(0, logits.Length).CopyTo(_buffers[index + 1].Inputs);
        }
    }

    private void BackwardInputs(int index, ReadOnlySpan<float> gradient, int rows)
    {
        LayerShape layer = Shape.Layers[index];
        LayerBuffers before = _buffers[index - 1];
        int count = rows * layer.Inputs;
        Span<float> inputsGradient = before.Gradient.AsSpan(0, count);
        DenseMath.BackwardInputs(gradient, layer.WeightsOf(Parameters), inputsGradient, rows, layer.Units);
        _buffers[index].DropGradient(inputsGradient);
        before.Activation.Backward(before.Logits.AsSpan(0, count), before.Outputs.AsSpan(0, count), inputsGradient, layer.Inputs);
    }

    private Span<float> RowOf(float[] values, int row) => values.AsSpan(row * Shape.OutputCount, Shape.OutputCount);
}

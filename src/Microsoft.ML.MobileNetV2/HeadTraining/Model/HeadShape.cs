using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Lays out the parameters of a head in one array, so that optimizer, clipping and snapshots need not know the layers.</summary>
internal sealed class HeadShape
{
    internal HeadShape(IEnumerable<LayerShape> layers) => Layers = [.. layers];

    internal IReadOnlyList<LayerShape> Layers { get; }

    internal int InputCount => Layers[0].Inputs;

    internal int OutputCount => Layers[^1].Units;

    internal int ParameterCount => Layers[^1].End;

    internal static HeadShape Create(HeadTrainerOptions options, int inputCount, int outputCount)
    {
        List<LayerShape> layers = [];
        int inputs = inputCount;
        int start = 0;
        foreach (DenseLayerOptions layer in options.Layers)
        {
            bool isLast = layers.Count == options.Layers.Count - 1;
            HeadActivation activation = layer.Activation ?? (isLast ? HeadCompatibility.DefaultFor(options.Loss) : HeadActivation.Relu);
            int units = layer.Units == 0 ? outputCount : layer.Units;
            if (start + (inputs + 1L) * units > Array.MaxLength)
            {
                throw new ArgumentException($"Layer {layers.Count} with {inputs} inputs and {units} units is too large.", nameof(options));
            }

            layers.Add(new(inputs, units, start, activation, layer.DropoutRate, layer.L2));
            start = layers[^1].End;
            inputs = units;
        }

        return new(layers);
    }

    /// <summary>Returns the groups to update: weights decay, biases do not.</summary>
    internal IReadOnlyList<ParameterGroup> ParameterGroups(double weightDecay) =>
        [.. Layers.SelectMany(layer => new[] { layer.WeightGroup(weightDecay), layer.BiasGroup })];

    /// <summary>Returns the groups of weights whose squares are added to the loss, with their penalty as weight decay.</summary>
    internal IReadOnlyList<ParameterGroup> PenalizedGroups() => [.. Layers.Where(layer => layer.L2 > 0).Select(layer => layer.WeightGroup(layer.L2))];

    internal float[] Flatten(DenseHead head)
    {
        float[] parameters = new float[ParameterCount];
        foreach ((LayerShape shape, DenseLayer layer) in Layers.Zip(head.Layers))
        {
            layer.Weights.Span.CopyTo(shape.WeightsOf(parameters));
            layer.Bias.Span.CopyTo(shape.BiasOf(parameters));
        }

        return parameters;
    }

    internal DenseHead ToHead(float[] parameters) => new(Layers.Select(
        layer => new DenseLayer(layer.Inputs, layer.Units, layer.Activation, layer.WeightsOf(parameters), layer.BiasOf(parameters))));

    internal bool Fits(DenseHead head) => head.Layers.Count == Layers.Count && Layers.Zip(head.Layers).All(
        pair => pair.First.Inputs == pair.Second.InputCount && pair.First.Units == pair.Second.UnitCount
            && pair.First.Activation == pair.Second.Activation);

    public override string ToString() => $"{InputCount} features, {string.Join(", ", Layers.Select(layer => $"{layer.Units} {layer.Activation}"))}";
}

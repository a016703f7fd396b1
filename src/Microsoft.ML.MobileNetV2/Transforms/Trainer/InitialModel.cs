using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the model that a training run continues from: its head, and its network where it takes images.</summary>
/// <param name="Head">The head.</param>
/// <param name="Origin">What the head was trained for.</param>
/// <param name="Engine">The network before the head; null for a model of ready features.</param>
internal sealed record InitialModel(NetworkHead Head, HeadProvenance Origin, EngineSettings? Engine)
{
    /// <summary>Gets the step of the model that makes other scores than the head's; null where there is none.</summary>
    internal string? ChangeOfScores { get; private init; }

    internal HeadActivation LastActivation => Head.Layers[^1].Activation;

    /// <summary>Finds the head in a model, however it came: fitted, or loaded by ML.NET or by this library.</summary>
    /// <param name="model">The model.</param>
    /// <param name="option">The name of the option, for messages.</param>
    /// <exception cref="ArgumentException">
    /// The model has no head of this library, or several; it cannot be saved; or another step changes what the head takes.
    /// </exception>
    internal static InitialModel Read(ITransformer model, string option)
    {
        using MemoryStream stream = Save(model, option);
        var saved = SavedModel.Read(stream, ModelLimits.None);
        SavedHead[] found = [.. saved.Heads.Where(head => HeadProvenance.TryParse(head.Head.Provenance) is not null)];
        if (found is not [{ } head])
        {
            throw new ArgumentException(
                $"{option} has {found.Length} heads that this library trained; expected one: a model of Trainers.MobileNetV2, alone or in a pipeline.", nameof(model));
        }

        if (FindChange(saved, head) is { } change)
        {
            throw new ArgumentException(
                $"{option} is a pipeline that this training would continue without its other steps: {change}. Hand over the trained model in it alone, and put such steps before the trainer.",
                nameof(model));
        }

        return new(head.Head, HeadProvenance.TryParse(head.Head.Provenance)!.Value, WithoutHead(head.Network))
        {
            ChangeOfScores = head.Network is { } network ? saved.Steps.FindChangeAfter(network.Place) : null,
        };
    }

    /// <summary>Returns the layers before the last as options, so that training continues with the same ones.</summary>
    internal IEnumerable<DenseLayerOptions> HiddenLayers() =>
        Head.Layers.SkipLast(1).Select(layer => new DenseLayerOptions { Units = layer.UnitCount, Activation = layer.Activation });

    /// <summary>Returns the head with another activation of the last layer.</summary>
    internal DenseHead ToHead(HeadActivation lastActivation) => new(Head.Layers.Select((layer, index) => new DenseLayer(
        layer.InputCount, layer.UnitCount, index == Head.Layers.Count - 1 ? lastActivation : layer.Activation, layer.Weights.Span, layer.Bias.Span)));

    /// <summary>Returns the head as it is.</summary>
    internal DenseHead ToHead() => ToHead(LastActivation);

    /// <summary>Returns the head with one output for each name: those that the model knows keep their weights.</summary>
    /// <exception cref="InvalidOperationException">The model knows none of the names.</exception>
    internal DenseHead ToHead(IReadOnlyList<string> outputNames)
    {
        List<string> known = [.. Head.OutputNames];
        int[] sources = [.. outputNames.Select(name => known.IndexOf(name))];
        return Array.Exists(sources, source => source != DenseHeadExtensions.NewOutput)
            ? ToHead().WithOutputs(sources)
            : throw new InvalidOperationException(
                $"The initial model knows none of the {outputNames.Count} classes ({Some(outputNames)}); it knows {(known.Count == 0 ? "no names" : Some(known))}.");
    }

    private static MemoryStream Save(ITransformer model, string option)
    {
        // In a stock chain the network is out of reach, but not in the file that the chain is saved as.
        MemoryStream stream = new();
        try
        {
            new MLContext().Model.Save(model, inputSchema: null, stream);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new ArgumentException($"{option} has a part that cannot be saved; hand over the part with the trainer alone. {e.Message}", nameof(model), e);
        }

        stream.Position = 0;
        return stream;
    }

    /// <summary>Returns the step that makes other images or features for the head than its model is given; null where there is none.</summary>
    private static string? FindChange(SavedModel saved, SavedHead head) => head.Network is { } network
        ? saved.Steps.FindChangeBefore(network.Place)
        : saved.Steps.FindChangeBefore(head.Index, head.InputColumnName, saved.Networks.Select(candidate => candidate.Place));

    private static EngineSettings? WithoutHead(SavedNetwork? saved) => saved is null
        ? null
        : new(saved.Network with { Head = null }, saved.Settings.Preprocessing, saved.Settings.Decoding);

    private static string Some(IReadOnlyList<string> names)
    {
        const int Most = 5;
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? ", …" : string.Empty);
    }
}

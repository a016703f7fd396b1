namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Represents the dense layers on a network's features, with what is known about their outputs.</summary>
/// <param name="Layers">The layers from the features to the scores; at least one.</param>
/// <param name="OutputNames">The names of the outputs; empty where they have none.</param>
/// <param name="Provenance">The task and loss that the head was trained for, as text; empty where unknown.</param>
internal sealed record NetworkHead(IReadOnlyList<DenseLayer> Layers, IReadOnlyList<string> OutputNames, string Provenance)
{
    /// <summary>The name of the task of several labels per image; saved models have it.</summary>
    internal const string MultiLabelTask = "multi-label";

    /// <summary>Gets how many labels an image has.</summary>
    internal LabelMode LabelMode =>
        Provenance.StartsWith(MultiLabelTask + " ", StringComparison.Ordinal) ? LabelMode.MultiLabel : LabelMode.SingleLabel;
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how many labels an image has.</summary>
public enum LabelMode
{
    /// <summary>Each image has exactly one label: its class.</summary>
    SingleLabel,

    /// <summary>Each image has any number of labels, none included; each label gets a score of its own.</summary>
    MultiLabel,
}

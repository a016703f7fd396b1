namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Specifies what the labels are.</summary>
internal enum TargetKind
{
    /// <summary>One class per row.</summary>
    Classes,

    /// <summary>Any number of labels per row.</summary>
    MultiHot,

    /// <summary>One or more numbers per row.</summary>
    Values,
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Says what labels are.</summary>
public enum HeadTargetKind
{
    /// <summary>One class a row.</summary>
    Classes,

    /// <summary>Any number of labels a row.</summary>
    MultiHot,

    /// <summary>One or more numbers a row.</summary>
    Values,
}

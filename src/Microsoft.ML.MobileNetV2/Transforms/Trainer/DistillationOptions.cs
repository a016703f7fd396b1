using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the model from whose scores another model learns, so that a small network takes over what a large one knows (arXiv:1503.02531).</summary>
/// <remarks>
/// The classes are the teacher's. Rows may lack a label, as an empty text, a missing key or NaN: the teacher's scores then stand for it, in training as in
/// validation. Where a row has one, it must be among the classes of the teacher.
/// </remarks>
public sealed class DistillationOptions
{
    private const double DefaultTemperature = 2;
    private const double DefaultLabelWeight = 0.1;

    /// <summary>Gets or sets the teacher: a multiclass model of <see cref="MobileNetV2Trainer"/>, alone or in a pipeline, fitted or loaded.</summary>
    /// <value>The default is null, which is refused. The teacher sees each image and each of its views in the size that it was trained on.</value>
    public ITransformer? Teacher { get; set; }

    /// <summary>Gets or sets the number by which the logits of both models are divided: the larger, the more the scores of the unlikely classes count.</summary>
    /// <value>Above 0. The default is 2.</value>
    public double Temperature { get; set; } = DefaultTemperature;

    /// <summary>Gets or sets how much the labels count; the scores of the teacher count for the rest.</summary>
    /// <value>At least 0, at most 1. The default is 0.1. At 0 labels serve validation alone.</value>
    public double LabelWeight { get; set; } = DefaultLabelWeight;

    internal DistillationOptions Copy() => (DistillationOptions)MemberwiseClone();

    internal void Validate(OptionsValidator validator)
    {
        validator.Require(Teacher is not null, nameof(Teacher), Teacher, "expected a model of MulticlassClassification.Trainers.MobileNetV2");
        validator.RequirePositive(Temperature, nameof(Temperature));
        validator.Require(LabelWeight is >= 0 and <= 1, nameof(LabelWeight), LabelWeight, "expected 0 to 1");
    }
}

using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents the result of <c>train</c>.</summary>
/// <param name="Accuracy">The accuracy on the validation images; null without them.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Classes">The classes in the order of the model's scores.</param>
/// <param name="Seconds">The seconds that all took.</param>
/// <param name="Model">The file of the model.</param>
/// <param name="Temperature">What the logits are divided by; null, and left out, without calibration.</param>
internal sealed record TrainingResult(
    double? Accuracy,
    int Epochs,
    IReadOnlyList<string> Classes,
    double Seconds,
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Temperature);

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Describes for which task and with which loss a head was trained; saved with the head as text.</summary>
internal readonly record struct HeadProvenance(string Task, HeadLoss Loss)
{
    private const char Separator = ' ';

    /// <summary>Reads what <see cref="ToString"/> wrote; null for any other text.</summary>
    internal static HeadProvenance? TryParse(string text) => text.Split(Separator) is [string task, string name] && Enum.TryParse(name, out HeadLoss loss)
        ? new(task, loss)
        : null;

    public override string ToString() => $"{Task}{Separator}{Loss}";
}

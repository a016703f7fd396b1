namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Represents who is told how far work is.</summary>
internal interface IWorkProgress
{
    /// <summary>Reports how far a phase is. Another name begins another phase.</summary>
    /// <param name="phase">What is done, such as <c>computing features</c>.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">How many there are.</param>
    void Report(string phase, long done, long total);
}

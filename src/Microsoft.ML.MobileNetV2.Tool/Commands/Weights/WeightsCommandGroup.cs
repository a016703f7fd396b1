namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary><c>weights</c>: the commands about trained weights.</summary>
internal sealed class WeightsCommandGroup : System.CommandLine.Command
{
    internal WeightsCommandGroup()
        : base("weights", "Lists, describes, downloads, converts and checks trained weights.")
    {
        Add(new ListCommand());
        Add(new DescribeCommand());
        Add(new DownloadCommand());
        Add(new ImportCommand());
        Add(new VerifyCommand());
    }
}
